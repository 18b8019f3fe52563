// Texts side by side: what each says on each term, whose red lines that crosses, where they differ.

// How the texts chosen compare on a term, those of most interest first.
const HOW = { differ: "They differ", alike: "Alike", partly: "Not in all" };
// The terms of the texts chosen; sub-issues that all of these settle alike are taken together.
function termsOf(texts) {
  const found = new Map();
  for (const [issue, item, said] of data.terms) {
    const cells = texts.map((text) => said[text] ?? null);
    if (cells.every((cell) => !cell)) continue;
    const mark = `${issue} ${cells.map((cell) => (cell ? cell.slice(1).join("/") : "-")).join("|")}`;
    const settled = new Set(cells.filter(Boolean).map(([alike]) => alike));
    const how = cells.some((cell) => !cell) ? "partly" : settled.size > 1 ? "differ" : "alike";
    if (found.has(mark)) found.get(mark).items.push(item);
    else found.set(mark, { issue, items: [item], cells, how: settled.size > 1 ? "differ" : how });
  }
  const order = Object.keys(HOW);
  return [...found.values()].sort((one, other) => order.indexOf(one.how) - order.indexOf(other.how));
}
const termTitle = ({ issue, items }) => data.issues[issue].title + (items[0] ? `: ${joined(items)}` : "");

function termCell(cell, text) {
  const who = make("span", "who", data.proposals[text].title);
  if (!cell) return make("td", "none", who, make("span", "said silent", "No such term"));
  const [, words, rejecting, excluding] = cell;
  const nodes = [make("span", "", words)];
  if (rejecting.length) nodes.push(make("span", "said red-line", make("b", "", data.weights["red-line"]), ` rejected by ${joined(rejecting.map(label))}`));
  if (excluding.length) nodes.push(make("span", "said demand", `excluded by a demand of ${joined(excluding.map(label))}`));
  return make("td", "", who, ...spaced(nodes));
}
function drawTexts(state) {
  const { texts, differing } = state;
  for (const box of document.querySelectorAll("input[name='text[]']")) box.checked = texts.includes(Number(box.value));
  by("differing").checked = differing;
  const terms = termsOf(texts);
  const shown = terms.filter((term) => !differing || term.how === "differ");
  const cells = (how) => terms.filter((term) => term.how === how).reduce((sum, term) => sum + term.items.length, 0);
  const told = texts.length < 2 ? "Choose two or more texts." : `${joined(texts.map((text) => `⟨${data.proposals[text].title}⟩`))}: they differ on ${counted(cells("differ"), "term", "terms")}, and say the same on ${cells("alike")}; ${cells("partly")} ${cells("partly") === 1 ? "is" : "are"} ${texts.length === 2 ? "in one of them alone" : "not in all of them"}.`;
  by("texts-told").replaceChildren(...withLabels(told));
  const head = make("tr", "", ...["Term", ...texts.map((text) => `${data.proposals[text].title} (${data.proposals[text].date}, ${data.proposals[text].status})`), "Compared"].map((name) => { const cell = make("th", "", name); cell.scope = "col"; return cell; }));
  const rows = shown.map((term) => {
    const name = make("th", "", termTitle(term));
    name.scope = "row";
    return make("tr", term.how, name, ...term.cells.map((cell, at) => termCell(cell, texts[at])), make("td", "how", HOW[term.how]));
  });
  by("texts-table").replaceChildren(make("thead", "", head), make("tbody", "", ...rows));
}
