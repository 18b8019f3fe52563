// What a page costs a reader's processor, in seconds of its own time, as JSON: to be ready, and each
// of some steps of the slider; after each step, what a plain table costs that serves as the measure.
// node drive_speed.cjs CHROMIUM PAGE DAYS
"use strict";
const { driven, opened, slideTo, seen } = require("./browse.cjs");

// How to measure what an act costs the thread of a page, the drawing included.
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  // The thread's own time: what other programs do in the meantime is not counted.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => (await session.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value;
  const settled = () => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); }));
  return async (act) => {
    const before = await spent();
    await page.bringToFront();
    await act();
    await settled();
    return (await spent()) - before;
  };
}

const plainTable = (page) => page.evaluate(() => {
  document.body.innerHTML = `<table>${`<tr>${"<td>a word or two</td>".repeat(12)}</tr>`.repeat(216)}</table>`;
});

driven(async (browser, [file, days], address) => {
  const [page, blank] = [await opened(browser, "about:blank"), await opened(browser, "about:blank")];
  const [cost, costOfMeasure] = [await meter(page), await meter(blank)];
  seen.ready = await cost(() => page.goto(address(file)));
  await page.waitForTimeout(500);
  seen.steps = [];
  seen.tables = [];
  for (const day of days.split(",")) {
    seen.steps.push(await cost(() => slideTo(page, day)));
    seen.tables.push(await costOfMeasure(() => plainTable(blank)));
  }
});
