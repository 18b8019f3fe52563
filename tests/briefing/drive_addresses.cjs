// Opens a page by strange addresses, and looks for long texts in it, as JSON.
// node drive_addresses.cjs CHROMIUM PAGE CELLS
"use strict";
const { driven, opened, text, seen } = require("./browse.cjs");

driven(async (browser, [file, cells], addressOf) => {
  const address = addressOf(file);
  const page = await opened(browser, "about:blank");
  await page.goto(`${address}#day=2030-01-01&parties=russia,mars&group=moon&verdicts=overlap,maybe&open=nowhere&sort=size&colour=red&since=yesterday`);
  seen.problems = [await text(page, "#address-told"), await text(page, "#tally")];
  seen.odd = {};
  const odd = ["__proto__=1", "constructor=1", "__defineGetter__=1", "toString=x", "group=constructor", "group=__proto__", "sort=__proto__", "verdicts=constructor", "parties=us,us", "texts=constructor", "open=constructor/us", "at=__proto__", "day=2025-06-02&parties=,,", "%", "a=%E0%A4"];
  // An address is read in one way when a page is loaded, which takes long, and when it is changed.
  for (const [number, one] of odd.entries()) {
    if (number % 5 === 0) {
      await page.goto("about:blank");
      await page.goto(`${address}#${one}`);
    } else {
      await page.evaluate((wanted) => { location.hash = wanted; }, one);
      await page.waitForTimeout(50);
    }
    seen.odd[one] = [await page.$$eval("#grid thead th", (all) => all.length), await text(page, "#tally")];
  }
  // No other day than the one that is named, and no sentence of a stranger's.
  seen.told = {};
  const strange = ["day=2025-02-30", "day=2025-03-02&since=2025-02-29", "parties=x%E2%80%9D.%20All%20was%20withdrawn", "a%20b=1", `parties=${[...Array(40).keys()]}`, `verdicts=overlap,${[...Array(20_000).keys()]}`, `text=${"a".repeat(200_000)}`, "parties=us&".repeat(9_000), "verdicts=1,2,3&".repeat(6_000)];
  for (const one of strange) {
    const told = await page.evaluate((wanted) => { const begun = performance.now(); const { state, problems } = stateOf(wanted); return [problems, state.day === start().day, performance.now() - begun]; }, one);
    seen.told[one.slice(0, 40)] = told;
  }
  seen.cells = await page.evaluate((texts) => texts.map(cellOf), JSON.parse(cells));
  // What is looked for, and what is looked in, may be long: a stranger's link, a stranger's text.
  seen.long = {};
  for (const sign of ["a", "a-", "“", "⟨", "1,"]) {
    seen.long[sign] = await page.evaluate((one) => {
      const begun = performance.now();
      wanted(one.repeat(100_000));
      folded(one.repeat(100_000));
      return performance.now() - begun;
    }, sign);
  }
  await page.evaluate(() => { location.hash = "#day=2022-11-20"; });
  await page.waitForFunction(() => document.getElementById("day").getAttribute("aria-valuetext").includes("2022"));
  seen.between = [await page.getAttribute("#day", "aria-valuetext"), await text(page, "#address-told")];
});
