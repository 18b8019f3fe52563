// Searches a page, follows addresses there and back, and takes away what it gives, as JSON.
// node drive_states.cjs CHROMIUM PAGE WORDS SCRATCH
"use strict";
const fs = require("fs");
const { driven, opened, setAll, slideTo, text, fragment, rowsShown, seen } = require("./browse.cjs");

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
  await page.goto("about:blank");
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
  await page.context().close();
}

// The width and height of both pictures, and on how many of a hundred pixels they are of one colour.
async function alike([vectors, pixels]) {
  const loaded = async (address) => { const picture = new Image(); picture.src = address; await picture.decode(); return picture; };
  const [one, other] = [await loaded(`data:image/svg+xml,${encodeURIComponent(vectors)}`), await loaded(`data:image/png;base64,${pixels}`)];
  const colours = (picture) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: other.width, height: other.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0, other.width, other.height);
    return pen.getImageData(0, 0, other.width, other.height).data;
  };
  const [first, second] = [colours(one), colours(other)];
  const distance = (at) => Math.max(...[0, 1, 2, 3].map((part) => Math.abs(first[4 * at + part] - second[4 * at + part])));
  const number = first.length / 4;
  let same = 0;
  let plain = 0;
  for (let at = 0; at < number; at += 1) {
    same += distance(at) < 64;
    plain += [0, 1, 2].every((part) => second[4 * at + part] === second[part]);
  }
  return [one.width, one.height, other.width, other.height, (100 * same) / number, (100 * plain) / number];
}

async function taken(browser, address, scratch) {
  const page = await opened(browser, `${address}#day=2025-06-02&group=territory&columns=chosen`);
  const saved = async (click) => {
    const [download] = await Promise.all([page.waitForEvent("download"), click()]);
    const path = `${scratch}/${download.suggestedFilename()}`;
    await download.saveAs(path);
    return [download.suggestedFilename(), fs.readFileSync(path, "utf8"), path];
  };
  seen.table = await saved(() => page.click("#save-table"));
  await page.click("#copy-citation");
  await page.waitForFunction(() => document.getElementById("copied").textContent);
  seen.citation = await text(page, "#copied");
  await page.click("#issue-withdrawal th button");
  seen.picture = await saved(() => page.getByRole("button", { name: "Save this picture (SVG)" }).click());
  const [name, , path] = await saved(() => page.getByRole("button", { name: "Save this picture (PNG)" }).click());
  await page.context().close();
  const blank = await browser.newPage();
  seen.pixels = [name, ...await blank.evaluate(alike, [seen.picture[1], fs.readFileSync(path, "base64")])];
  await blank.close();
}

async function printed(browser, address) {
  const page = await opened(browser, address);
  const shown = () => page.evaluate(() => ["#grid", ".glance", "#overlap", "#notes", ".bar", "#evidence"].filter((one) => document.querySelector(one).getBoundingClientRect().height));
  await page.emulateMedia({ media: "print" });
  seen.printed = [await shown()];
  seen.beside = await page.$eval(".says", (one) => new Set([...one.children].map((each) => each.getBoundingClientRect().top)).size);
  await page.emulateMedia({ media: "screen" });
  await slideTo(page, "2025-06-02");
  await page.emulateMedia({ media: "print" });
  seen.printed.push(await shown());
  const pdf = await page.pdf({ preferCSSPageSize: true });
  fs.writeFileSync(`${process.argv.at(-1)}/shown.pdf`, pdf);
  await page.context().close();
}

async function played(browser, address) {
  const page = await opened(browser, address, { context: { reducedMotion: "no-preference" } });
  await slideTo(page, "2022-06-01");
  const day = () => page.getAttribute("#day", "aria-valuetext");
  seen.played = [await day(), await text(page, "#play")];
  await page.click("#play");
  seen.played.push(await text(page, "#play"));
  await page.waitForFunction((before) => document.getElementById("day").getAttribute("aria-valuetext") !== before, seen.played[0]);
  await page.click("#play");
  seen.played.push(await day(), await text(page, "#play"));
  await page.emulateMedia({ reducedMotion: "reduce" });
  seen.played.push(await page.locator("#play").isVisible());
  await page.context().close();
}

async function compared(browser, address) {
  const page = await opened(browser, address);
  const state = async () => [[await text(page, "#texts-told"), await page.$$eval("#texts-told em", (all) => all.map((one) => one.textContent))], await page.$$eval("#texts-table tbody tr", (rows) => rows.map((row) => [row.className, row.cells.length])), await fragment(page)];
  const boxes = page.locator("input[name='text[]']");
  seen.texts = [await state()];
  await page.check("#differing");
  seen.texts.push(await state());
  await boxes.nth(0).check();
  seen.texts.push(await state());
  await setAll(boxes, false);
  seen.texts.push(await state());
  await page.context().close();
}

// Each in a window of its own: while one waits, others go on.
driven(async (browser, [file, words, scratch], address) => {
  await Promise.all([
    searched(browser, address(file), words.split("|")),
    travelled(browser, address(file)),
    taken(browser, address(file), scratch),
    compared(browser, address(file)),
    played(browser, address(file)),
    printed(browser, address(file)),
  ]);
});
