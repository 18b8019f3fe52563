// What the drivers have in common: a page opened in Chromium as a reader would, and looked at.
"use strict";
const { chromium } = require("playwright-core");
const { pathToFileURL } = require("url");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const seen = { errors: [], requests: [], dialogs: 0 };

async function opened(browser, address, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", bypassCSP: Boolean(settings.axe), ...settings.context });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("request", (request) => /^(blob|data):/.test(request.url()) || seen.requests.push(request.url()));
  page.on("dialog", (dialog) => { seen.dialogs += 1; return dialog.dismiss(); });
  await page.goto(address);
  return page;
}
// Moves the slider to a day, as a hand does that lets go of the thumb there.
const slideTo = (page, day) => page.evaluate((wanted) => {
  const slider = document.getElementById("day");
  const { days } = JSON.parse(document.getElementById("data").textContent);
  slider.value = Math.round((Date.parse(wanted) - Date.parse(days[0][0])) / 864e5);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}, day);
// Checks or unchecks each of some boxes, one after the other.
const setAll = (boxes, on) => boxes.evaluateAll((all, wanted) => all.forEach((box) => { if (box.checked !== wanted) box.click(); }), on);
const text = (page, id) => page.locator(id).textContent();
// The script writes the address a moment after the last change. The place in the page is left out.
// A timer of the page itself comes after those that the page has set, however slow the machine is.
const fragment = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 250))).then(() => page.evaluate(() => decodeURIComponent(location.hash).replace(/(?<=#)at=[^&]*&?|&at=[^&]*/, "")));
const rowsShown = (page) => page.$$eval("tr.issue", (rows) => rows.filter((row) => row.offsetParent).map((row) => row.id.replace("issue-", "")));
// The cells that are marked as moved: [party, issue].
const marked = (page) => page.$$eval("#grid td.moved", (cells) => cells.filter((cell) => cell.offsetParent).map((cell) => [cell.querySelector(".who").textContent, cell.parentNode.id.replace("issue-", "")]));

async function drive(work) {
  const browser = await chromium.launch({ executablePath: process.argv[2], args: FLAGS });
  await work(browser, process.argv.slice(3), (file) => pathToFileURL(file).href);
  await browser.close();
  console.log(JSON.stringify(seen));
}
const driven = (work) => drive(work).catch((error) => { console.error(error); process.exit(1); });

module.exports = { driven, opened, setAll, slideTo, text, fragment, rowsShown, marked, seen };
