// What moved between two days: the steps that `claimpos changes` names, and the verdicts of both.

// The steps of a position after the day `since` and up to the day `day`: [day, kind, words].
function stepsOf(issue, party, since, day) {
  const turns = data.steps[issue][party];
  const found = [];
  for (let at = 0; at < turns.length && turns[at] <= day; at += 3) {
    if (turns[at] > since) found.push([turns[at], data.kinds[turns[at + 1]], data.moves[turns[at + 2]]]);
  }
  return found;
}
function lastMoved(issue, parties, day) {
  return Math.max(-1, ...parties.map((party) => { const turns = data.steps[issue][party]; const at = turnAt(turns, day, 3); return at < 0 ? -1 : turns[at]; }));
}
// A position said again without change has not moved.
const movesOf = (steps) => steps.filter(([, kind]) => kind !== data.restated);
function inShort(steps) {
  const moves = movesOf(steps);
  return moves.length > 1 ? `Moved ${moves.length} times` : (moves[0] ?? steps[0])[1];
}

// Of an outline, the verdict and its reason on each sub-issue; of an issue without any, the one there is.
function verdictsOf(issue, [verdict, reason, items]) {
  const number = data.issues[issue].items.length;
  if (!number) return [[verdict, reason]];
  const all = Array(number).fill([2, reason]);
  for (const [, one, why, places] of items || []) for (const place of places) all[place] = [one, why];
  return all;
}
const HEIGHT = [2, 0, 1];
const rulingInWords = ([verdict, reason], parties) => VERDICTS[verdict] + (reason ? ` (${reasonName(reason, parties).toLowerCase()})` : "");
// How many verdicts of a set moved towards overlap, and how many away from it; each in words.
function verdictMoves(issue, parties, since, day) {
  const moved = { closer: 0, away: 0, told: [] };
  const now = outlineAt(issue, parties, day);
  const was = since < 0 ? [2, ""] : outlineAt(issue, parties, since);
  if (was === now) return moved;
  const before = verdictsOf(issue, was);
  const alike = new Map();
  verdictsOf(issue, now).forEach((ruling, at) => {
    const change = HEIGHT[ruling[0]] - HEIGHT[before[at][0]];
    if (!change || [ruling[1], before[at][1]].some((reason) => reason === "one-voice" || reason === "own-word")) return;
    moved[change > 0 ? "closer" : "away"] += 1;
    const words = `${rulingInWords(before[at], parties)} → ${rulingInWords(ruling, parties)}`;
    alike.set(words, [...(alike.get(words) ?? []), data.issues[issue].items[at]]);
  });
  for (const [words, items] of alike) moved.told.push(items[0] ? `${joined(items)}: ${words}` : words);
  return moved;
}

// Of which days, and what changed in them.
function spanInWords(state) {
  const day = dayInWords(state);
  if (state.since !== null) return `From ${written_day(state.since)} to ${day}`;
  return state.asked ? `${day} (last change: ${written_day(state.day)})` : day;
}
function movementInWords({ changed, restated, closer, away }, joint) {
  const moved = [[closer, "towards overlap"], [away, closer ? "away from it" : "away from overlap"]].filter(([count]) => count);
  const verdicts = moved.map(([count, where], at) => `${at ? count : counted(count, "verdict", "verdicts")} ${where}`).join(", ");
  const positions = `${changed ? counted(changed, "position", "positions") : "no position"} changed${restated ? `, ${restated} restated` : ""}`;
  const stayed = joint && changed + restated ? "no verdict moved" : "";
  return `${[positions, verdicts || stayed].filter(Boolean).join("; ")}.`;
}

// The list of what changed and why: positions issue by issue, with the verdicts that they lead to.
function stepNodes(issue, party, [day, kind, words], dated) {
  const said = kind === data.kinds[0] ? positionInWords(positionAt(issue, party, day)) : "";
  const told = !said ? words : words === "First recorded position." ? `First recorded position: ${said}.` : `${words} The position: ${said}.`;
  return make("div", "", `${dated ? `${written_day(day)}: ` : ""}${told}`);
}
function movementNodes(rows, state, go) {
  const names = joined(state.parties.map(label));
  return rows.map(({ issue, moves, verdict }) => {
    const positions = moves.map(([party, steps]) => make("li", "", openButton(issue, party, go), ...steps.map((step) => stepNodes(issue, party, step, state.since !== null))));
    const nodes = [button("link title", data.issues[issue].title, () => go({ open: [issue, -1] })), make("ul", "", ...positions)];
    if (verdict?.told.length) nodes.push(make("p", "", make("b", "", `${names}: `), `${verdict.told.join("; ")}.`));
    return make("li", "", ...nodes);
  });
}
const openButton = (issue, party, go) => button("link", label(party), () => go({ open: [issue, party] }));
