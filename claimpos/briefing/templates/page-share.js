// What a reader takes away: the link, a citation, the view as a table, a picture.

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", "offscreen");
    field.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
function save(name, kind, content) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([content], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
// As the cell of a table that no spreadsheet takes for a formula or splits, without isolating signs.
// As in the tables of `claimpos diff`: a ' before what a spreadsheet would run as a formula, in each cell that it may split off.
const BEGINNING = /((?:^|[;,|\t\r\n])[\s;,|'"]*)([=+@\-＝＋＠－]?)/g;
const noFormula = (text) => text.replace(BEGINNING, (whole, begun, sign, at) => (sign || /[;,|\t\r\n]'*[\t\r]/.test(at ? begun : `,${begun}`) ? `${at ? "" : "'"}${begun.replace(/[;,|\t\r\n]/g, "$&'")}${sign}` : whole));
const cellOf = (text) => `"${noFormula(text.replace(/[\u2068\u2069]/g, "")).replaceAll('"', '""')}"`;
function tableOf(issues, columns, state) {
  const joint = setOf(state.parties);
  const head = ["Issue", "Day", "Verdict between", "Verdict", ...columns.map(label)];
  const lines = issues.map((issue) => [
    data.issues[issue].title, isoOf(state), joined(state.parties.map(label)),
    joint ? verdictInWords(outlineAt(issue, state.parties, state.day), state.parties) : state.parties.length > 1 ? `pairs: ${pairsInWords(issue, state.parties, state.day).join(", ")}` : "",
    ...columns.map((party) => positionInWords(positionAt(issue, party, state.day))),
  ]);
  return `\ufeff${[head, ...lines].map((line) => line.map(cellOf).join(",")).join("\r\n")}\r\n`;
}
function citation(state) {
  const where = location.protocol === "file:" ? "" : ` ${location.href}`;
  return `${joined(state.parties.map(label))}: positions as of ${dayInWords(state)}. ${data.citation}${where}`;
}

const LOOKS = { fill: "fill", stroke: "stroke", "stroke-width": "stroke-width", "font-size": "font-size", "font-weight": "font-weight", "stroke-dasharray": "stroke-dasharray", "fill-opacity": "fill-opacity" };
// The picture as it stands alone: looks written into it, with its title, legend and source.
function alone(picture, issue, shown) {
  const { title, outcomes } = timeLine(issue, shown);
  const copy = picture.cloneNode(true);
  const from = picture.querySelectorAll("rect, path, text");
  copy.querySelectorAll("rect, path, text").forEach((element, at) => {
    const looks = getComputedStyle(from[at]);
    for (const [property, attribute] of Object.entries(LOOKS)) element.setAttribute(attribute, looks.getPropertyValue(property));
  });
  const [, , width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
  const lines = [...outcomes.map((words, at) => `${letter(at)}  ${words}`), data.citation];
  const ink = getComputedStyle(document.body).color;
  const text = (words, y, size) => drawn("text", { x: 0, y, fill: ink, "font-size": size }, words);
  copy.append(text(title, -14, 15), ...lines.map((line, at) => text(line, height + 20 + 18 * at, 12)));
  copy.prepend(drawn("rect", { x: -16, y: -44, width: width + 200, height: height + 60 + 18 * lines.length, fill: getComputedStyle(document.body).backgroundColor }));
  copy.setAttribute("viewBox", `-16 -44 ${width + 200} ${height + 60 + 18 * lines.length}`);
  copy.setAttribute("width", width + 200);
  copy.setAttribute("height", height + 60 + 18 * lines.length);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("font-family", FONTS);
  return copy;
}
// The same drawn as pixels, here and without loading anything, which the page's policy forbids.
const FONTS = "system-ui, Arial, sans-serif";
const PIXELS = 2;
function pixelsOf(picture) {
  const [x, y, width, height] = picture.getAttribute("viewBox").split(" ").map(Number);
  const canvas = make("canvas");
  canvas.width = width * PIXELS;
  canvas.height = height * PIXELS;
  const pen = canvas.getContext("2d");
  pen.setTransform(PIXELS, 0, 0, PIXELS, -x * PIXELS, -y * PIXELS);
  for (const element of picture.querySelectorAll("rect, path, text")) {
    const of = (name, usual) => element.getAttribute(name) ?? usual;
    const figure = (name, usual) => parseFloat(of(name, usual));
    pen.globalAlpha = figure("fill-opacity", 1);
    pen.fillStyle = of("fill");
    if (element.tagName === "text") {
      pen.font = `${of("font-weight", 400)} ${figure("font-size")}px ${FONTS}`;
      pen.fillText(element.textContent, figure("x"), figure("y"));
      continue;
    }
    const shape = new Path2D(of("d", ""));
    if (element.tagName === "rect") shape.rect(figure("x"), figure("y"), figure("width"), figure("height"));
    if (of("fill") !== "none") pen.fill(shape);
    pen.globalAlpha = 1;
    if (of("stroke", "none") === "none") continue;
    pen.strokeStyle = of("stroke");
    pen.lineWidth = figure("stroke-width");
    pen.setLineDash(of("stroke-dasharray").match(/[\d.]+/g)?.map(Number) ?? []);
    pen.stroke(shape);
  }
  return canvas;
}
function pictureButtons(picture, issue, shown) {
  const name = data.issues[issue].id;
  const saved = {
    SVG: () => save(`${name}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(alone(picture, issue, shown))),
    PNG: () => pixelsOf(alone(picture, issue, shown)).toBlob((pixels) => save(`${name}.png`, "image/png", pixels)),
  };
  return make("p", "", ...spaced(Object.entries(saved).map(([form, act]) => button("", `Save this picture (${form})`, act))));
}
