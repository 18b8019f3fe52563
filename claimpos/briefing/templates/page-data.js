// What comes with the page, looked up: positions and verdicts of every day, made by the same code
// as `claimpos diff`. Nothing is worked out here, and data is written as text, never as markup.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const VERDICTS = ["overlap", "conflict", "unresolved"];
const PLURALS = [["overlap", "overlaps"], ["conflict", "conflicts"], ["unresolved"], ["more for lack of a recorded position"]];
const DAY = 864e5;
// How many days each day of change lies after the first.
const offsetOf = (iso) => Math.round((Date.parse(iso) - Date.parse(data.days[0][0])) / DAY);
const OFFSETS = data.days.map(([iso]) => offsetOf(iso));
const SPAN = Math.max(OFFSETS.at(-1), 1);
// A group and its member where the latter has no position of its own: no verdict, counted nowhere.
const isCompared = ([, reason]) => reason !== "own-word";
// Where a verdict is counted: the last place is for what is unresolved for lack of a recorded position.
const counter = ([verdict, reason, items]) => (verdict === 2 && (reason === "silent" || (items || []).some((item) => item[2] === "silent")) ? 3 : verdict);

// An element with text and children; data only ever enters as text.
function make(tag, look, ...children) {
  const element = document.createElement(tag);
  if (look) element.className = look;
  const nodes = children.flatMap((child) => (typeof child === "string" && tag !== "blockquote" ? withLabels(child) : [child]));
  element.append(...nodes.filter((child) => child !== "" && child !== null && child !== undefined));
  return element;
}
function button(look, text, act) {
  const made = make("button", look, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
const by = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
const written = (element, text) => { if (element.textContent !== text) element.textContent = text; };

// The dossier's labels, which sentences carry in ⟨…⟩, in italics.
function withLabels(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(/⟨([^⟨⟩]+)⟩/g)) {
    const label = document.createElement("em");
    label.textContent = found[1];
    nodes.push(text.slice(end, found.index), label);
    end = found.index + found[0].length;
  }
  return [...nodes, text.slice(end)];
}

// Spaces between what is set in lines of its own, for whoever hears or copies it.
const spaced = (nodes) => nodes.flatMap((node) => [node, " "]);
const counted = (number, one, many = one) => `${number} ${number === 1 ? one : many}`;
const joined = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const label = (party) => data.parties[party].label;
const written_day = (day) => data.days[day][1];
// The day shown: one without a change if the reader has asked for it, else the day of a change.
const isoOf = ({ day, asked }) => asked || data.days[day][0];
const dayInWords = ({ day, asked }) => (asked ? new Date(asked).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }) : written_day(day));

// The place of the turn that holds on a day, in a flat list of turns of `step` numbers; -1: none.
function turnAt(turns, day, step) {
  let found = -1;
  for (let at = 0; at < turns.length && turns[at] <= day; at += step) found = at;
  return found;
}
function positionAt(issue, party, day) {
  const turns = data.positions[issue][party];
  const at = turnAt(turns, day, 2);
  return at < 0 ? -1 : turns[at + 1];
}

// The verdicts of a set of parties; null if they are not on the page.
const setOf = (parties) => data.sets[parties.join(",")] ?? null;
const turnsOf = (issue, parties) => data.turns[issue][setOf(parties)[issue]];
function outlineAt(issue, parties, day) {
  const turns = turnsOf(issue, parties);
  return data.outlines[turns[turnAt(turns, day, 2) + 1]];
}
const sentence = (number) => data.sentences[number].map((piece) => data.pieces[piece]).join("");
// Why a verdict is what it is, each group of sub-issues in a paragraph of its own; [] if not here.
function toldNodes(issue, parties, day, look) {
  const turns = data.told[parties.join(",")]?.[issue];
  const paragraphs = turns ? data.texts[turns[turnAt(turns, day, 2) + 1]].map((told) => told.map(sentence)) : [];
  return paragraphs.map(([heading, ...sentences]) => make("p", look, heading && make("b", "", `${heading}: `), sentences.join(" ")));
}
const pairsOf = (parties) => parties.flatMap((one, at) => parties.slice(at + 1).map((other) => [one, other]));

// What a cell holds, as the template draws it for the day the page was made.
function stanceNodes(position) {
  if (position < 0) return [make("span", "said silent", position === -2 ? "Lapsed" : "No recorded position")];
  const entry = data.entries[position];
  const nodes = [];
  for (const [items, said] of entry.said) {
    if (items) nodes.push(make("span", "items", items));
    for (const [weight, words] of said) nodes.push(make("span", `said ${weight}`, make("b", "", data.weights[weight]), ` ${words}`));
  }
  if (entry.inferred) nodes.push(make("span", "mark", "inferred"));
  if (entry.against) nodes.push(make("span", "mark", "mixed signals"));
  return nodes;
}
// What a position says of one kind, as part of a sentence.
const saidInWords = ([weight, words]) => {
  if (weight === "red-line") return `red line: ${words}`;
  return weight === "condition" ? `would accept ${words} on conditions` : `${data.weights[weight].toLowerCase()} ${words}`;
};
function positionInWords(position) {
  if (position < 0) return position === -2 ? "lapsed" : "no recorded position";
  const { said, inferred, against } = data.entries[position];
  const told = said.map(([items, all]) => (items ? `${items}: ` : "") + all.map(saidInWords).join(", ")).join("; ");
  return told + (inferred ? "; inferred" : "") + (against ? "; mixed signals" : "");
}
// Of two parties, “both” stands for “all”.
const reasonName = (reason, parties) => data.reasons[reason][0].replace(/ all$/, parties.length === 2 ? " both" : " all");
function verdictNodes([verdict, reason, items], parties) {
  const nodes = !isCompared([verdict, reason]) ? [] : [make("span", `verdict ${VERDICTS[verdict]}`, data.words[VERDICTS[verdict]])];
  if (reason) nodes.push(make("span", "reason", reasonName(reason, parties)));
  for (const [names, one, why] of (!reason && items) || []) {
    nodes.push(make("span", "reason", make("span", "items", `${names}:`), ` ${VERDICTS[one]}, ${reasonName(why, parties).toLowerCase()}`));
  }
  return nodes;
}
function verdictInWords([verdict, reason, items], parties) {
  const parts = (!reason && items) || [];
  const why = reason ? [reasonName(reason, parties).toLowerCase()] : parts.map(([names, one, because]) => `${names}: ${VERDICTS[one]}, ${reasonName(because, parties).toLowerCase()}`);
  return [!isCompared([verdict, reason]) ? "" : VERDICTS[verdict], ...why].filter(Boolean).join(", ");
}
// For a set whose joint verdict is not in the page: how its pairs stand, and no more.
function pairsInWords(issue, parties, day) {
  const counts = [0, 0, 0];
  for (const outline of pairsOf(parties).map((pair) => outlineAt(issue, pair, day)).filter(isCompared)) counts[outline[0]] += 1;
  return counts.map((count, verdict) => (count ? counted(count, ...PLURALS[verdict]) : "")).filter(Boolean);
}
const pairNodes = (issue, parties, day) => [make("span", "reason", "Pairs among them:"), ...pairsInWords(issue, parties, day).map((one) => make("span", "reason", one))];
