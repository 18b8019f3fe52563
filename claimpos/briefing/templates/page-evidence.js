// What the dialog tells: the evidence behind a position, or all there is on an issue.
// `shown` is what the reader has chosen; `go` takes them elsewhere.

function positionNodes(position) {
  if (position < 0) return [make("p", "", position === -2 ? "No current position; the last one lapsed." : "No recorded position.")];
  const entry = data.entries[position];
  const nodes = [
    make("div", "", ...stanceNodes(position).filter((node) => !node.classList.contains("mark"))),
    make("p", "fine", `${entry.period}${entry.priority ? `; priority: ${entry.priority}` : ""}.${entry.inferred ? " Inferred: based on hints, or on what others say about the party." : ""}`),
  ];
  if (entry.full) nodes.push(make("p", "", make("b", "", "In full:")), make("ul", "", ...entry.full.map((line) => make("li", "", `${line}.`))));
  if (entry.interest) nodes.push(make("p", "", make("b", "", "Stated reason: "), `${entry.interest}.`));
  if (entry.note) nodes.push(make("p", "", make("b", "", "Note: "), `${entry.note}.`));
  for (const note of entry.notes ?? []) nodes.push(make("p", "", make("b", "", "Note, "), `${note}.`));
  nodes.push(make("p", "", make("b", "", "Evidence")), statementList(entry.evidence));
  if (entry.against) nodes.push(make("p", "", make("b", "", "Mixed signals: "), "the party is also on record as follows."), statementList(entry.against));
  if (entry.context) nodes.push(make("p", "", make("b", "", "Context")), statementList(entry.context));
  return nodes;
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
function courseOf(issue, party, shown, go) {
  const lines = stepsOf(issue, party, -1, shown.day).map((step) => make("li", "", button("link", written_day(step[0]), () => go({ day: step[0], since: null })), stepNodes(issue, party, step, false)));
  return lines.length ? [make("h4", "", "Over time"), make("ul", "plain", ...lines)] : [];
}
const positionTold = (issue, party, shown, go) => [
  ...positionNodes(positionAt(issue, party, shown.day)),
  ...courseOf(issue, party, shown, go),
  make("p", "", button("", "All that is on record on this issue", () => go({ open: [issue, -1] }))),
];

const orMeaning = (told, outline) => (told.length ? told : [make("p", "fine", meaning(outline))]);
const meaning = ([, reason]) => (reason ? data.reasons[reason][1] : "");
function verdictTold(issue, shown) {
  const { parties, day } = shown;
  if (parties.length < 2) return [make("p", "", "Choose two or more parties to see a verdict.")];
  if (!setOf(parties)) {
    return [make("p", "", `This page holds verdicts of all pairs, and of some larger sets of parties. For ${joined(parties.map(label))} together it has none; their pairs stand as follows.`), ...pairsTold(issue, shown)];
  }
  const outline = outlineAt(issue, parties, day);
  const told = toldNodes(issue, parties, day, "");
  const nodes = [make("div", "judged", make("span", "", `${joined(parties.map(label))}: `), ...verdictNodes(outline, parties))];
  nodes.push(...told, make("p", told.length ? "fine" : "", meaning(outline)));
  return parties.length > 2 ? [...nodes, make("h3", "", "Pair by pair"), ...pairsTold(issue, shown)] : nodes;
}
const pairsTold = (issue, { parties, day }) => [make("ul", "plain", ...pairsOf(parties).map((pair) => {
  const outline = outlineAt(issue, pair, day);
  return make("li", "judged", make("b", "", `${joined(pair.map(label))} `), ...verdictNodes(outline, pair), ...orMeaning(toldNodes(issue, pair, day, "fine"), outline));
}))];

// What may be wider than a narrow screen scrolls by itself, and can be reached to do so.
function framed(picture) {
  const frame = make("div", "frame", picture);
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Time line");
  return frame;
}
function issueTold(issue, shown, go) {
  const others = data.parties.map((_, party) => party).filter((party) => !shown.parties.includes(party) && positionAt(issue, party, shown.day) !== -1);
  const course = timeLine(issue, shown);
  const of = (party) => [make("h4", "", label(party)), ...positionNodes(positionAt(issue, party, shown.day)), ...courseOf(issue, party, shown, go)];
  return [
    make("h3", "", "Verdict"), ...verdictTold(issue, shown),
    ...(course ? [make("h3", "", "Time line"), framed(course.picture), course.legend, pictureButtons(course.picture, issue, shown)] : []),
    make("h3", "", "Positions and evidence"), ...shown.parties.flatMap(of),
    ...(others.length ? [make("h3", "", "Other parties with a position"), ...others.flatMap(of)] : []),
  ];
}
