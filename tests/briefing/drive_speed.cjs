// What a page costs a reader's processor, in seconds of its own time, as JSON: to be ready, and each
// of some steps of the slider. node drive_speed.cjs CHROMIUM PAGE DAYS
"use strict";
const { driven, opened, slideTo, seen } = require("./browse.cjs");

driven(async (browser, [file, days], address) => {
  const page = await opened(browser, "about:blank");
  const session = await page.context().newCDPSession(page);
  // The thread's own time: how busy the machine is does not matter.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => (await session.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value;
  const settled = () => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 0)); }));
  const cost = async (act) => {
    const before = await spent();
    await act();
    await settled();
    return (await spent()) - before;
  };
  seen.ready = await cost(() => page.goto(address(file)));
  await page.waitForTimeout(500);
  seen.steps = [];
  for (const day of days.split(",")) seen.steps.push(await cost(() => slideTo(page, day)));
});
