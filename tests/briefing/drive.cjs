// Drives a page in Chromium as a reader would, and prints what it saw as JSON.
// node drive.cjs CHROMIUM PAGE HOSTILE-PAGE DAYS; playwright-core by NODE_PATH.
"use strict";
const { driven, opened, setAll, slideTo, text, fragment, rowsShown, seen } = require("./browse.cjs");

const tally = (page) => text(page, "#tally");
const told = (page) => page.$$eval("tr.issue td", (all) => all.map((cell) => [...cell.querySelectorAll(".said, .items, .mark, .verdict, .reason")].map((one) => one.textContent.trim().replace(/\s+/g, " "))));
const cells = (page) => page.$$eval("tr.issue", (rows) => rows.map((row) => [...row.querySelectorAll("td")].slice(1).map((cell) => [...cell.querySelectorAll(".said, .items")].map((one) => one.textContent.trim().replace(/\s+/g, " ")))));

async function looked(browser, address, days) {
  const page = await opened(browser, address);
  seen.columns = await page.$$eval("#grid thead th", (all) => all.slice(2).map((one) => one.textContent));
  Object.assign(seen, { counts: {}, cells: {}, days: {} });
  for (const day of days.split(",")) {
    await slideTo(page, day);
    seen.counts[day] = await tally(page);
    seen.cells[day] = await cells(page);
    seen.days[day] = [await text(page, "#day-shown"), await page.getAttribute("#day", "aria-valuetext"), await fragment(page), await text(page, "#as-of"), await page.title()];
  }
  await page.click("#reset");
  seen.redrawn = await told(page);
  // Filters
  await page.selectOption("#group", "territory");
  seen.group = [await rowsShown(page), await fragment(page), await tally(page)];
  await page.selectOption("#group", "");
  await page.uncheck("input[name='verdict[]'][value='2']");
  await page.uncheck("input[name='verdict[]'][value='0']");
  seen.conflicts = [await rowsShown(page), await fragment(page), await tally(page)];
  await page.uncheck("input[name='verdict[]'][value='1']");
  await page.check("input[name='verdict[]'][value='0']");
  seen.overlaps = [await rowsShown(page), await tally(page)];
  await page.click("#clear");
  // Other parties
  await page.uncheck("input[name='party[]'][value='1']");
  seen.one = await tally(page);
  const us = page.getByLabel("US", { exact: true });
  await us.check();
  seen.pair = [await tally(page), await fragment(page), await text(page, "#title")];
  await page.click("#clear");
  await page.locator("[data-pair='0,2']").dispatchEvent("click");
  seen.selected = [await tally(page), await fragment(page), await page.evaluate(() => document.getElementById("grid-title").getBoundingClientRect().top >= 0)];
  await page.check("input[name='party[]'][value='1']");
  seen.three = [await tally(page), await text(page, "#hint")];
  await setAll(page.locator("input[name='party[]']"), true);
  seen.all = [await tally(page), await text(page, "#hint")];
  await page.context().close();
}

async function typed(browser, address) {
  const page = await opened(browser, address);
  await page.focus("#day");
  await page.keyboard.press("ArrowLeft");
  seen.arrow = await page.getAttribute("#day", "aria-valuetext");
  await page.keyboard.press("End");
  await page.focus("#scroller");
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => { const cell = document.activeElement.closest("td, th"); return cell ? [cell.parentNode.rowIndex, cell.cellIndex] : document.activeElement.id; });
  const keys = [await focused()];
  for (const key of ["ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp", "End", "Home"]) {
    await page.keyboard.press(key);
    keys.push(await focused());
  }
  seen.keys = keys;
  seen.tabStops = await page.$$eval("#grid button, #grid [tabindex]", (all) => all.filter((one) => one.tabIndex === 0).length);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  seen.opened = [await text(page, "#evidence-title"), await page.evaluate(() => document.activeElement.id), await page.$$eval("#evidence a", (all) => all.map((one) => one.href)), await text(page, "#evidence-told")];
  await page.keyboard.press("Escape");
  seen.closed = [await page.$eval("#evidence", (one) => one.open), await focused()];
  seen.empty = await page.$$eval("#grid td", (all) => all.filter((cell) => /No recorded position/.test(cell.textContent) && cell.querySelector("button") && !cell.matches(".judged, .moved")).length);
  seen.names = await page.$$eval("#grid td", (all) => all.map((cell) => cell.querySelector(".offscreen")?.textContent ?? ""));
  await page.context().close();
}

async function without(browser, address) {
  const page = await opened(browser, address, { context: { javaScriptEnabled: false } });
  seen.plain = [await page.locator("tr.issue").count(), await page.locator("#controls").isVisible(), await page.locator("#tally").isVisible()];
  seen.static = await told(page);
  await page.context().close();
}

async function provoked(browser, address) {
  const page = await opened(browser, `${address}#open=a/one`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  const buttons = await page.locator("#grid button").count();
  for (let at = 0; at < buttons; at += 1) await page.$$eval("#grid button", (all, number) => all[number].click(), at);
  await page.fill("#text", "<img src=x onerror=window.ran=1>");
  await page.evaluate(() => { location.hash = "#parties=<script>window.ran=1</script>&open=x"; });
  seen.hostile = await page.evaluate(() => ({
    ran: window.ran ?? null, scripts: document.scripts.length, frames: document.querySelectorAll("img, iframe, object, embed, link, base").length,
    handlers: [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]).filter((one) => one.name.startsWith("on") || (one.name === "style" && !one.ownerElement.closest("#axis, .strip"))).length,
    links: [...document.querySelectorAll("a[href]")].map((one) => one.protocol).filter((one) => !["http:", "https:", "file:"].includes(one)),
    told: document.getElementById("evidence-told").textContent, text: document.body.textContent,
  }));
  await page.context().close();
}

// Each in a window of its own: while one waits, others go on.
driven(async (browser, [file, hostile, days], address) => {
  await Promise.all([
    looked(browser, address(file), days),
    typed(browser, address(file)),
    without(browser, address(file)),
    provoked(browser, address(hostile)),
  ]);
});
