// What the dialog tells: the evidence behind a position, or what there is to say of a verdict.
// `shown` is the day and the parties that the reader has chosen; `go` takes them to another day.

function positionTold(issue, party, shown, go) {
  const position = positionAt(issue, party, shown.day);
  const nodes = [];
  if (position < 0) {
    nodes.push(make("p", "", position === -2 ? "No current position; the last one lapsed." : "No recorded position."));
  } else {
    const entry = data.entries[position];
    nodes.push(make("div", "", ...stanceNodes(position).filter((node) => !node.classList.contains("mark"))));
    nodes.push(make("p", "fine", `${entry.period}${entry.priority ? `; priority: ${entry.priority}` : ""}.${entry.inferred ? " Inferred: based on hints, or on what others say about the party." : ""}`));
    if (entry.full) nodes.push(make("h3", "", "In full"), make("ul", "", ...entry.full.map((line) => make("li", "", `${line}.`))));
    if (entry.interest) nodes.push(make("p", "", make("b", "", "Stated reason: "), `${entry.interest}.`));
    if (entry.note) nodes.push(make("p", "", make("b", "", "Note: "), `${entry.note}.`));
    if (entry.notes) nodes.push(...entry.notes.map((note) => make("p", "", make("b", "", "Note, "), `${note}.`)));
    nodes.push(make("h3", "", "Evidence"), statementList(entry.evidence));
    if (entry.against) nodes.push(make("h3", "", "Mixed signals"), make("p", "fine", "The party is also on record as follows:"), statementList(entry.against));
    if (entry.context) nodes.push(make("h3", "", "Context"), statementList(entry.context));
  }
  return [...nodes, ...courseOf(issue, party, go)];
}
function statementList(numbers) {
  return make("ul", "plain", ...numbers.map((number) => {
    const [summary, who, quote, note, locator, source] = data.statements[number];
    const [title, known, link] = data.sources[source];
    const name = link && /^https?:\/\//.test(link) ? make("a", "", title) : make("span", "", title);
    if (name.tagName === "A") { name.href = link; name.rel = "noopener noreferrer"; }
    return make("li", "", make("div", "", `${summary}.`), quote && make("blockquote", "", quote), make("div", "fine", `${who}.${note ? ` ${note}.` : ""}`),
      make("div", "fine", "Source: ", name, `, ${known}${locator ? `, ${locator}` : ""}.`));
  }));
}
// How the party's position ran over time, each turn a way to its day.
function courseOf(issue, party, go) {
  const turns = data.positions[issue][party];
  const lines = [];
  for (let at = 0; at < turns.length; at += 2) {
    const [day, position] = [turns[at], turns[at + 1]];
    if (position === -1) continue;
    const button = make("button", "", data.days[day][1]);
    button.type = "button";
    button.addEventListener("click", () => go({ day }));
    const said = position < 0 ? "lapsed" : data.entries[position].said.map(([items, all]) => (items ? `${items}: ` : "") + all.map(saidInWords).join(", ")).join("; ");
    lines.push(make("li", "", button, ` ${said}`));
  }
  return lines.length ? [make("h3", "", "Over time"), make("ul", "plain", ...lines)] : [];
}
const meaning = ([, reason]) => (reason ? data.reasons[reason][1] : "");
function verdictTold(issue, shown) {
  if (shown.parties.length < 2) return [make("p", "", "Choose two or more parties.")];
  const nodes = [];
  const found = verdictAt(issue, shown.parties, shown.day);
  if (found) {
    nodes.push(make("p", "", `${joined(shown.parties.map(label))}:`), make("div", "judged", ...verdictNodes(found.outline, shown.parties)));
    nodes.push(make("p", "fine", meaning(found.outline)));
    if (found.told) nodes.push(make("p", "", found.told));
  }
  const iso = data.days[shown.day][0];
  const ids = shown.parties.map((party) => data.parties[party].id).join(" ");
  if (!found || !found.told) {
    const told = found ? "For the explanation, run " : "For the verdict of all of them together, run ";
    nodes.push(make("p", "fine", told, make("code", "", `claimpos diff ${ids} --issue ${data.issues[issue].id} --as-of ${iso}`)));
  }
  if (shown.parties.length > 2) {
    nodes.push(make("h3", "", "Pair by pair"));
    nodes.push(make("ul", "plain", ...pairsOf(shown.parties).map((pair) => {
      const { outline, told } = verdictAt(issue, pair, shown.day);
      return make("li", "judged", make("b", "", `${joined(pair.map(label))} `), ...verdictNodes(outline, pair), make("p", "fine", told || meaning(outline)));
    })));
  }
  return nodes;
}
