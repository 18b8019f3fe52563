// What comes with the page, looked up: positions and verdicts of every day, made by the same code
// as `claimpos diff`. Nothing is worked out here, and data is written as text, never as markup.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const VERDICTS = ["overlap", "conflict", "unresolved"];
const PLURALS = [["overlap", "overlaps"], ["conflict", "conflicts"], ["unresolved", "unresolved"], ["where a party has no recorded position", "where a party has no recorded position"]];
// Where a verdict is counted: the last place is for what is unresolved where a party has no recorded position.
const counter = ([verdict, reason, items]) => (verdict === 2 && (reason === "silent" || (items || []).some((item) => item[2] === "silent")) ? 3 : verdict);

// An element with text and children; data only ever enters as text.
function make(tag, look, ...children) {
  const element = document.createElement(tag);
  if (look) element.className = look;
  const nodes = children.flatMap((child) => (typeof child === "string" && tag !== "blockquote" ? withLabels(child) : [child]));
  element.append(...nodes.filter((child) => child !== "" && child !== null));
  return element;
}

// The dossier's labels, which sentences carry in ⟨…⟩, in italics; a quotation stays as it is.
function withLabels(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(/“[^”]*”|⟨([^⟨⟩]+)⟩/g)) {
    if (found[1] === undefined) continue;
    const label = document.createElement("em");
    label.textContent = found[1];
    nodes.push(text.slice(end, found.index), label);
    end = found.index + found[0].length;
  }
  return [...nodes, text.slice(end)];
}

// Spaces between what is set in lines of its own, for whoever hears or copies it.
const spaced = (nodes) => nodes.flatMap((node) => [node, " "]);

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
// The verdict of some parties: [overlap…, reason, items] and its explanation; null if not here.
function verdictAt(issue, parties, day) {
  const sets = data.verdicts[parties.join(",")];
  if (!sets) return null;
  const told = parties.every((party) => party < data.named) && isTold(parties);
  const turns = sets[issue];
  const at = turnAt(turns, day, told ? 3 : 2);
  return { outline: data.outlines[turns[at + 1]], told: told ? data.texts[turns[at + 2]] : "" };
}
const isTold = (parties) => parties.length === 2 || parties.length === data.named;
const pairsOf = (parties) => parties.flatMap((one, at) => parties.slice(at + 1).map((other) => [one, other]));
const label = (party) => data.parties[party].label;
const joined = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

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
  if (weight === "open") return words;
  if (weight === "red-line") return `red line: ${words}`;
  return weight === "condition" ? `would accept ${words} on conditions` : `${data.weights[weight].toLowerCase()} ${words}`;
};
// Of two parties, “both” stands for “all”.
const reasonName = (reason, parties) => data.reasons[reason][0].replace(/ all$/, parties.length === 2 ? " both" : " all");
function verdictNodes([verdict, reason, items], parties) {
  const nodes = [make("span", `verdict ${VERDICTS[verdict]}`, data.words[VERDICTS[verdict]])];
  if (reason) nodes.push(make("span", "reason", reasonName(reason, parties)));
  for (const [names, one, why] of (!reason && items) || []) {
    nodes.push(make("span", "reason", make("span", "items", `${names}:`), ` ${VERDICTS[one]}, ${reasonName(why, parties).toLowerCase()}`));
  }
  return nodes;
}
// For a set whose joint verdict is not in the page: how its pairs stand, and no more.
function pairNodes(issue, parties, day) {
  const counts = [0, 0, 0];
  for (const pair of pairsOf(parties)) counts[verdictAt(issue, pair, day).outline[0]] += 1;
  const told = counts.map((count, verdict) => (count ? `${count} ${PLURALS[verdict][count === 1 ? 0 : 1]}` : "")).filter(Boolean);
  return [make("span", "reason", "Pairs among them:"), ...told.map((one) => make("span", "reason", one))];
}
