// Takes away what a page gives, prints it, plays it and compares its texts, as JSON.
// node drive_taken.cjs CHROMIUM PAGE SCRATCH
"use strict";
const fs = require("fs");
const { driven, opened, setAll, slideTo, text, fragment, seen } = require("./browse.cjs");

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
driven(async (browser, [file, scratch], address) => {
  await Promise.all([
    taken(browser, address(file), scratch),
    compared(browser, address(file)),
    played(browser, address(file)),
    printed(browser, address(file)),
  ]);
});
