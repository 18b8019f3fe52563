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
function save(name, kind, text) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
// As the cell of a table that no spreadsheet takes for a formula or splits.
const cellOf = (text) => `"${text.replace(/^(?=[\s;,|'"]*[=+@\-＝＋＠－])/, "'").replaceAll('"', '""')}"`;
function tableOf(issues, columns, state) {
  const joint = setOf(state.parties);
  const head = ["Issue", "Day", "Verdict between", "Verdict", ...columns.map(label)];
  const lines = issues.map((issue) => [
    data.issues[issue].title, data.days[state.day][0], joined(state.parties.map(label)),
    joint ? verdictInWords(outlineAt(issue, state.parties, state.day), state.parties) : state.parties.length > 1 ? `pairs: ${pairsInWords(issue, state.parties, state.day).join(", ")}` : "",
    ...columns.map((party) => positionInWords(positionAt(issue, party, state.day))),
  ]);
  return `\ufeff${[head, ...lines].map((line) => line.map(cellOf).join(",")).join("\r\n")}\r\n`;
}
function citation(state) {
  const where = location.protocol === "file:" ? "" : ` ${location.href}`;
  return `${joined(state.parties.map(label))}: positions as of ${written_day(state.day)}. ${data.citation}${where}`;
}

const LOOKS = { fill: "fill", stroke: "stroke", "stroke-width": "stroke-width", "font-size": "font-size", "font-weight": "font-weight", "stroke-dasharray": "stroke-dasharray", "fill-opacity": "fill-opacity" };
// The picture as a file of its own: looks written into it, with its title, legend and source.
function savePicture(picture, issue, shown) {
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
  copy.setAttribute("font-family", "system-ui, Arial, sans-serif");
  save(`${data.issues[issue].id}.svg`, "image/svg+xml", new XMLSerializer().serializeToString(copy));
}
