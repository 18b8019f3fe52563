// Drives a page in Chromium as a reader would, and prints what it saw as JSON.
// node drive.cjs CHROMIUM PAGE HOSTILE-PAGE DAYS; playwright-core and axe-core by NODE_PATH.
"use strict";
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;
const { pathToFileURL } = require("url");

const [, , program, file, hostile, days] = process.argv;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const seen = { errors: [], requests: [], dialogs: 0, counts: {}, cells: {}, days: {}, axe: [] };

async function opened(browser, address, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", bypassCSP: Boolean(settings.axe), ...settings.context });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("dialog", (dialog) => { seen.dialogs += 1; return dialog.dismiss(); });
  await page.goto(address);
  return page;
}
const tally = (page) => page.locator("#tally").textContent();
const rowsShown = (page) => page.$$eval("tr.issue", (rows) => rows.filter((row) => row.offsetParent).map((row) => row.querySelector("th").textContent.trim()));
// The script writes the address a moment after the last change.
const fragment = (page) => page.waitForTimeout(250).then(() => page.evaluate(() => decodeURIComponent(location.hash)));
const cells = (page) => page.$$eval("tr.issue", (rows) => rows.map((row) => [...row.querySelectorAll("td button")].slice(1).map((cell) => [...cell.querySelectorAll(".said, .items")].map((one) => one.textContent.trim().replace(/\s+/g, " ")))));
async function slideTo(page, day) {
  await page.evaluate((wanted) => {
    const slider = document.getElementById("day");
    const known = JSON.parse(document.getElementById("data").textContent).days;
    slider.value = known.findIndex(([iso]) => iso === wanted);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }, day);
}
async function violations(page, where, context) {
  await page.evaluate(axe);
  const found = await page.evaluate((root) => window.axe.run(root ?? document, { resultTypes: ["violations"] }), context);
  seen.axe.push([where, found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 3)}`)]);
}

async function looked(browser, address) {
  const page = await opened(browser, address);
  seen.static = await page.$$eval("td button", (all) => all.map((one) => one.textContent.replace(/\s+/g, " ").trim()));
  seen.columns = await page.$$eval("#grid thead th", (all) => all.slice(2).map((one) => one.textContent));
  for (const day of days.split(",")) {
    await slideTo(page, day);
    seen.counts[day] = await tally(page);
    seen.cells[day] = await cells(page);
    seen.days[day] = [await page.locator("#day-shown").textContent(), await page.getAttribute("#day", "aria-valuetext"), await fragment(page)];
  }
  await page.click("#reset");
  seen.redrawn = await page.$$eval("td button", (all) => all.map((one) => one.textContent.replace(/\s+/g, " ").trim()));
  // Filters
  await page.selectOption("#group", "territory");
  seen.group = [await rowsShown(page), await fragment(page)];
  await page.selectOption("#group", "");
  await page.uncheck("input[name='verdict[]'][value='2']");
  await page.uncheck("input[name='verdict[]'][value='0']");
  seen.conflicts = [await rowsShown(page), await fragment(page)];
  await page.check("input[name='verdict[]'][value='2']");
  await page.check("input[name='verdict[]'][value='0']");
  await page.fill("#text", "permanently neutral");
  seen.text = [await rowsShown(page), await fragment(page)];
  await page.fill("#text", "");
  // Other parties
  await page.uncheck("input[name='party[]'][value='1']");
  seen.one = await tally(page);
  const us = page.getByLabel("US", { exact: true });
  await us.check();
  seen.pair = [await tally(page), await fragment(page)];
  await page.check("input[name='party[]'][value='1']");
  seen.three = [await tally(page), await page.locator("#hint").textContent()];
  await page.context().close();
}

async function typed(browser, address) {
  const page = await opened(browser, address);
  await page.focus("#day");
  await page.keyboard.press("ArrowLeft");
  seen.arrow = await page.locator("#day-shown").textContent();
  await page.keyboard.press("End");
  await page.focus("#scroller");
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => { const cell = document.activeElement.closest("td"); return cell ? [cell.parentNode.rowIndex, cell.cellIndex] : document.activeElement.id; });
  const keys = [await focused()];
  for (const key of ["ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp", "End", "Home"]) {
    await page.keyboard.press(key);
    keys.push(await focused());
  }
  seen.keys = keys;
  seen.tabStops = await page.$$eval("td button", (all) => all.filter((one) => one.tabIndex === 0).length);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  seen.opened = [await page.locator("#evidence-title").textContent(), await page.evaluate(() => document.activeElement.id), await page.$$eval("#evidence a", (all) => all.map((one) => one.href)), await page.locator("#evidence-told").textContent()];
  await page.keyboard.press("Escape");
  seen.closed = [await page.$eval("#evidence", (one) => one.open), await focused()];
  await page.context().close();
}

async function restored(browser, address) {
  const wanted = "#day=2025-03-14&parties=russia,us&group=security&verdicts=conflict,unresolved&text=nato&only=chosen&open=nato-membership/us";
  const page = await opened(browser, address + wanted);
  seen.restored = {
    fragment: await fragment(page), title: await page.locator("#evidence-title").textContent(), tally: await tally(page), rows: await page.$$eval("tr.issue", (rows) => rows.filter((row) => !row.hidden).length),
    columns: await page.$$eval("#grid thead th", (all) => all.filter((one) => one.offsetParent).map((one) => one.textContent)),
  };
  await page.evaluate(() => { location.hash = "#day=2022-11-20"; });
  await page.waitForFunction(() => !document.getElementById("evidence").open);
  seen.moved = await page.locator("#day-shown").textContent();
  await page.context().close();
}

async function without(browser, address) {
  const page = await opened(browser, address, { context: { javaScriptEnabled: false } });
  seen.plain = [await page.locator("tr.issue").count(), await page.locator("#controls").isVisible(), await page.locator("#tally").isVisible()];
  await page.context().close();
}

async function accessible(browser, address) {
  for (const [width, colorScheme] of [[1440, "light"], [1440, "dark"], [360, "light"]]) {
    const page = await opened(browser, address, { axe: true, context: { viewport: { width, height: 900 }, colorScheme } });
    await violations(page, `${width} ${colorScheme}`);
    seen[`wide${width}`] = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width === 1440) {
      await page.evaluate(() => { location.hash = "#open=ceasefire/russia"; });
      await page.waitForFunction(() => document.getElementById("evidence").open);
      await violations(page, `evidence ${colorScheme}`, "#evidence");
    }
    await page.context().close();
  }
}

async function provoked(browser, address) {
  const page = await opened(browser, `${address}#open=a/one`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  const issues = await page.locator("td button").count();
  for (let at = 0; at < issues; at += 1) await page.$$eval("td button", (all, number) => all[number].click(), at);
  seen.hostile = await page.evaluate(() => ({
    ran: window.ran ?? null, scripts: document.scripts.length, frames: document.querySelectorAll("img, iframe, object, embed, link, base").length,
    handlers: [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]).filter((one) => one.name.startsWith("on") || (one.name === "style" && !one.ownerElement.closest("#years"))).length,
    links: [...document.querySelectorAll("a[href]")].map((one) => one.protocol).filter((one) => !["http:", "https:", "file:"].includes(one)),
    told: document.getElementById("evidence-told").textContent, text: document.body.textContent,
  }));
  await page.context().close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: program, args: FLAGS });
  const address = pathToFileURL(file).href;
  await looked(browser, address);
  await typed(browser, address);
  await restored(browser, address);
  await without(browser, address);
  await provoked(browser, pathToFileURL(hostile).href);
  await accessible(browser, address);
  await browser.close();
  console.log(JSON.stringify(seen));
})().catch((error) => { console.error(error); process.exit(1); });
