// What the page says and marks on each of some days, and where its axis has them, as JSON.
// node drive_steps.cjs CHROMIUM PAGE DAYS FROM; FROM is the earlier of two days that are compared.
"use strict";
const { driven, opened, slideTo, text, fragment, marked, seen } = require("./browse.cjs");

driven(async (browser, [file, days, from], address) => {
  const page = await opened(browser, address(file));
  seen.steps = {};
  for (const day of days.split(",")) {
    await slideTo(page, day);
    seen.steps[day] = [await text(page, "#movement"), await marked(page)];
  }
  await page.waitForTimeout(500);
  seen.announced = await text(page, "#announced");
  // There is no list where nothing changed.
  if (await page.locator("#changes").isVisible()) await page.click("#changes summary");
  seen.list = await page.$$eval("#changes-told > li > ul > li", (all) => all.length);
  await page.selectOption("#since", { label: from });
  seen.since = [await text(page, "#day-shown"), await text(page, "#movement"), await marked(page), await fragment(page)];
  seen.marks = await page.$$eval("#grid td.moved", (cells) => cells.map((cell) => [cell.querySelector(".who").textContent, cell.parentNode.id.replace("issue-", ""), cell.querySelector(".moved-mark").textContent]));
  await page.check("#changed");
  seen.changed = await page.$$eval("tr.issue", (rows) => rows.filter((row) => row.offsetParent).map((row) => [row.id, Boolean(row.querySelector("td.moved"))]));
  seen.axis = await page.evaluate(() => {
    const rail = document.getElementById("day").getBoundingClientRect();
    const place = (left) => (left - rail.left - 10) / (rail.width - 20);
    return [...document.querySelectorAll("#axis .tick")].map((tick) => [tick.dataset.day, place(tick.getBoundingClientRect().left)]);
  });
  seen.stuck = await page.evaluate(() => {
    document.querySelector("#scroller").scrollIntoView();
    return document.querySelector(".bar").getBoundingClientRect().top;
  });
  await page.context().close();
});
