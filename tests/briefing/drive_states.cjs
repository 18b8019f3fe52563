// Searches a page, and follows addresses there and back, as JSON.
// node drive_states.cjs CHROMIUM PAGE WORDS
"use strict";
const { driven, opened, slideTo, text, fragment, rowsShown, seen } = require("./browse.cjs");

async function searched(browser, address, words) {
  const page = await opened(browser, address);
  seen.found = {};
  for (const word of words) {
    await page.fill("#text", word);
    seen.found[word] = [await rowsShown(page), await text(page, "#tally"), await page.locator("#grid td.hit").count()];
  }
  await page.fill("#text", "");
  seen.days = {};
  for (const day of ["2025-03-14", "2022-11-20", "2031-01-01"]) {
    await page.fill("#goto", day);
    seen.days[day] = [await page.getAttribute("#day", "aria-valuetext"), await fragment(page), await text(page, "#day-shown"), await text(page, "#as-of"), await page.inputValue("#goto")];
  }
  await page.click("#earlier");
  seen.earlier = [await page.getAttribute("#day", "aria-valuetext"), await fragment(page)];
  await page.click("#reset");
  await page.fill("#text", "xyzzy");
  seen.nothing = [await rowsShown(page), await page.locator("#nothing").isVisible()];
  await page.click("#clear-all");
  seen.cleared = [(await rowsShown(page)).length, await page.locator("#nothing").isVisible(), await page.evaluate(() => document.activeElement.id)];
  for (const order of ["verdict", "moved", "agenda"]) {
    await page.selectOption("#sort", order);
    seen[`by ${order}`] = await page.$$eval("tr.issue", (rows) => rows.filter((row) => row.offsetParent).map((row) => [row.id.replace("issue-", ""), row.querySelector(".verdict").textContent]));
  }
  await page.context().close();
}

async function travelled(browser, address) {
  const wanted = "#day=2025-03-14&parties=russia,us&group=security&verdicts=conflict,unresolved&text=nato&columns=chosen&open=nato-membership/us";
  const page = await opened(browser, address + wanted);
  const state = async () => [await fragment(page), await page.$eval("#evidence", (one) => one.open), await text(page, "#evidence-title"), await text(page, "#tally")];
  seen.restored = [...await state(), (await rowsShown(page)).length, await page.$$eval("#grid thead th", (all) => all.filter((one) => one.offsetParent).map((one) => one.textContent))];
  await page.reload();
  seen.reloaded = await state();
  await page.keyboard.press("Escape");
  const closed = await fragment(page);
  await page.click("#issue-nato-membership th button");
  const reopened = await fragment(page);
  await page.goBack();
  seen.back = [closed, reopened, await fragment(page), await page.$eval("#evidence", (one) => one.open)];
  await page.click("#issue-nato-membership th button");
  await page.locator("#evidence .plain button.link").first().click();
  const within = await text(page, "#evidence-title");
  await page.click("#close");
  seen.within = [within, await page.$eval("#evidence", (one) => one.open), await fragment(page), await page.getAttribute("#day", "aria-valuetext")];
  await page.click("#clear");
  await slideTo(page, "2025-06-02");
  const before = await fragment(page);
  await page.click("nav a[href='#method']");
  seen.contents = [before, await fragment(page), await page.evaluate(() => location.hash.includes("at=method")), await page.evaluate(() => document.activeElement.id)];
  await page.goBack();
  seen.returned = await fragment(page);
  await page.goto(`${address}#at=notes`);
  await page.reload();
  seen.place = await page.evaluate(() => Math.round(document.getElementById("notes").getBoundingClientRect().top));
  await page.context().close();
}

// Each in a window of its own: while one waits, the other goes on.
driven(async (browser, [file, words], address) => {
  await Promise.all([searched(browser, address(file), words.split("|")), travelled(browser, address(file))]);
});
