// Looks at a page in its states with axe, and whether it is wider than the window, as JSON.
// node drive_axe.cjs CHROMIUM PAGE SMALL-PAGE few|all
"use strict";
const axe = require("axe-core").source;
const { driven, opened, slideTo, seen } = require("./browse.cjs");

async function violations(page, where, context) {
  await page.evaluate(axe);
  const found = await page.evaluate((root) => window.axe.run(root ?? document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }), context);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  seen.axe.push([where, found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 3)}`), wide]);
}

async function accessible(browser, address, small, few) {
  seen.axe = [];
  if (!few) {
    const page = await opened(browser, address, { axe: true });
    await violations(page, "the whole page");
    await page.context().close();
  }
  const looks = [[320, { colorScheme: "dark" }], [1440, { forcedColors: "active" }], [1440, { colorScheme: "dark" }], [768, {}], [360, {}]];
  for (const [width, options] of looks.slice(0, few ? 1 : looks.length)) {
    const page = await opened(browser, small, { axe: true, context: { viewport: { width, height: 900 }, ...options } });
    const where = [width, ...Object.values(options)].join(" ");
    await slideTo(page, "2025-11-20");
    await page.click("#changes summary");
    await violations(page, where);
    await page.click("#grid th button");
    await violations(page, `${where}, an issue`, "#evidence");
    await page.click("#close");
    await page.context().close();
  }
  if (few) return;
  const states = await opened(browser, small, { axe: true });
  const given = async (where, hash) => {
    await states.evaluate((wanted) => { location.hash = wanted; }, hash);
    await states.waitForTimeout(100);
    await violations(states, where);
  };
  await given("one party", "#parties=us");
  await given("no party", "#parties=");
  await given("all parties", `#parties=${await states.evaluate(() => JSON.parse(document.getElementById("data").textContent).parties.map((one) => one.id).join(","))}`);
  await given("nothing found", "#text=xyzzy");
  await given("found", "#text=nato&sort=moved");
  await given("changes alone", "#since=2025-03-14&rows=changed&verdicts=conflict");
  await given("a bad address", "#open=nowhere&day=soon");
  await states.evaluate(() => { location.hash = "#"; });
  // Rows that are out of sight keep the places that they had before the text grew.
  await states.addStyleTag({ content: "html { font-size: 200%; } * { content-visibility: visible !important; }" });
  await violations(states, "text at 200 %");
  await states.setViewportSize({ width: 360, height: 800 });
  await violations(states, "text at 200 %, 360");
  await states.context().close();
}

driven((browser, [file, small, which], address) => accessible(browser, address(file), address(small), which === "few"));
