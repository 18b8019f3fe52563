// The grid of positions: another day, other parties, filters, and the evidence behind a cell.
// Nothing is worked out here. Positions and verdicts of every day come with the page, made by the
// same code as `claimpos diff`; this script looks them up and writes them as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const VERDICTS = ["overlap", "conflict", "unresolved"];
  const PLURALS = [["overlap", "overlaps"], ["conflict", "conflicts"], ["unresolved", "unresolved"]];
  const by = (id) => document.getElementById(id);
  const named = [...Array(data.named).keys()];

  // What the reader has chosen; `open` is [issue, party], or [issue, -1] for the verdict.
  const start = () => ({ day: data.made, parties: named, group: "", verdicts: [0, 1, 2], text: "", only: false, open: null });
  let state = start();

  // An element with text and children; data only ever enters as text.
  function make(tag, look, ...children) {
    const element = document.createElement(tag);
    if (look) element.className = look;
    element.append(...children.filter((child) => child !== "" && child !== null));
    return element;
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
    if (position < 0) return [make("span", "said silent", position === -2 ? "Lapsed" : "Silent")];
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
  function verdictNodes([verdict, reason, items]) {
    const nodes = [make("span", `verdict ${VERDICTS[verdict]}`, data.words[VERDICTS[verdict]])];
    if (reason) nodes.push(make("span", "reason", data.reasons[reason][0]));
    for (const [names, one, why] of (!reason && items) || []) {
      nodes.push(make("span", "reason", make("span", "items", `${names}:`), ` ${VERDICTS[one]}, ${data.reasons[why][0].toLowerCase()}`));
    }
    return nodes;
  }
  // For a set whose joint verdict is not in the page: how its pairs stand, and no more.
  function pairNodes(issue, parties) {
    const counts = [0, 0, 0];
    for (const pair of pairsOf(parties)) counts[verdictAt(issue, pair, state.day).outline[0]] += 1;
    const told = counts.map((count, verdict) => (count ? `${count} ${PLURALS[verdict][count === 1 ? 0 : 1]}` : "")).filter(Boolean);
    return [make("span", "reason", "Pairs among them:"), ...told.map((one) => make("span", "reason", one))];
  }

  // The rows of the grid: cells become buttons, and one of all buttons is in the tab order.
  const grid = by("grid");
  const rows = [...grid.querySelectorAll("tr.issue")].map((element) => {
    const issue = Number(element.dataset.issue);
    const [judged, ...cells] = element.querySelectorAll("td");
    const buttons = [judged, ...cells].map((cell, column) => {
      const button = make("button");
      button.type = "button";
      button.tabIndex = -1;
      button.setAttribute("aria-haspopup", "dialog");
      button.append(...(cell.querySelector(".stance") || cell).childNodes);
      if (column) cell.querySelector(".stance").replaceWith(button);
      else cell.append(button);
      button.addEventListener("click", () => go({ open: [issue, column - 1] }));
      return button;
    });
    return { issue, element, cells, buttons, shown: cells.map((_, party) => positionAt(issue, party, data.made)), verdict: "" };
  });
  grid.setAttribute("role", "grid");
  const heads = [...grid.querySelectorAll("thead th")].slice(2);
  const boxes = [...by("controls").querySelectorAll("input[type=checkbox]")];
  let tabStop = null;
  function setTabStop(button) {
    if (tabStop) tabStop.tabIndex = -1;
    tabStop = button;
    if (button) button.tabIndex = 0;
  }

  function draw() {
    const key = state.parties.join(",");
    const counts = [0, 0, 0];
    let visible = 0;
    const joint = Boolean(data.verdicts[key]);
    for (const row of rows) {
      row.shown.forEach((before, party) => {
        const position = positionAt(row.issue, party, state.day);
        if (position === before) return;
        row.shown[party] = position;
        row.buttons[party + 1].replaceChildren(...spaced(stanceNodes(position)));
        row.cells[party].classList.toggle("none", position < 0);
      });
      const found = joint ? verdictAt(row.issue, state.parties, state.day) : null;
      const mark = joint ? data.outlines.indexOf(found.outline) : `${key} ${state.day}`;
      if (row.verdict !== mark) {
        row.verdict = mark;
        const nodes = found ? verdictNodes(found.outline) : state.parties.length < 2 ? [] : pairNodes(row.issue, state.parties);
        row.buttons[0].replaceChildren(...spaced(nodes));
      }
      if (found) counts[found.outline[0]] += 1;
      const wanted = !found || state.verdicts.includes(found.outline[0]);
      const inGroup = !state.group || data.issues[row.issue].group === state.group;
      row.element.hidden = !(wanted && inGroup && (!state.text || contains(row)));
      visible += row.element.hidden ? 0 : 1;
    }
    for (const body of grid.tBodies) body.hidden = !body.querySelector("tr.issue:not([hidden])");
    if (!tabStop || !tabStop.offsetParent) setTabStop(shownRows()[0]?.buttons[0] ?? null);
    drawControls(joint, counts, visible);
  }

  function contains(row) {
    const { title, question } = data.issues[row.issue];
    return `${title} ${question} ${row.element.textContent}`.toLowerCase().includes(state.text.toLowerCase());
  }

  function drawControls(joint, counts, visible) {
    const [iso, day] = data.days[state.day];
    const names = joined(state.parties.map(label));
    const changed = (element, text) => { if (element.textContent !== text) element.textContent = text; };
    by("day").value = state.day;
    by("day").setAttribute("aria-valuetext", day);
    changed(by("day-shown"), day);
    changed(by("day-told"), day);
    changed(by("set-told"), names || "the parties chosen");
    by("earlier").disabled = state.day === 0;
    by("later").disabled = state.day === data.days.length - 1;
    by("reset").hidden = state.day === data.made;
    const told = counts.map((count, verdict) => `${count} ${PLURALS[verdict][count === 1 ? 0 : 1]}`).join(", ");
    const filtered = visible < rows.length ? ` ${visible} of ${rows.length} issues shown.` : "";
    const few = state.parties.length < 2;
    changed(by("tally"), few ? `Choose two or more parties.${filtered}` : `${names}: ${joint ? told : "verdicts of each two"}.${filtered}`);
    const ids = state.parties.map((party) => data.parties[party].id).join(" ");
    by("hint").replaceChildren(...(joint || few ? [] : ["The verdict of all of them together is not in this page; ask for it with ", make("code", "", `claimpos diff ${ids} --as-of ${iso}`), "."]));
    for (const box of boxes) {
      if (box.name === "party[]") box.checked = state.parties.includes(Number(box.value));
      if (box.name === "verdict[]") { box.checked = state.verdicts.includes(Number(box.value)); box.disabled = !joint; }
    }
    by("group").value = state.group;
    if (by("text").value !== state.text) by("text").value = state.text;
    by("only").checked = state.only;
    grid.classList.toggle("only", state.only);
    const chosen = key();
    if (grid.dataset.chosen !== chosen) {
      grid.dataset.chosen = chosen;
      for (const lane of [heads, ...rows.map((row) => row.cells)]) {
        lane.forEach((cell, party) => {
          cell.classList.toggle("in", state.parties.includes(party));
          cell.classList.toggle("out", !state.parties.includes(party));
        });
      }
    }
  }
  const key = () => state.parties.join(",");

  // The evidence, or what there is to say of a verdict.
  const dialog = by("evidence");
  function drawDialog() {
    if (!state.open) {
      if (dialog.open) dialog.close();
      return;
    }
    const [issue, party] = state.open;
    const { title, question } = data.issues[issue];
    by("evidence-title").textContent = party < 0 ? title : `${label(party)}: ${title}`;
    const told = party < 0 ? verdictTold(issue) : positionTold(issue, party);
    by("evidence-told").replaceChildren(make("p", "question", question), make("p", "fine", `As of ${data.days[state.day][1]}`), ...told);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }
  function positionTold(issue, party) {
    const position = positionAt(issue, party, state.day);
    const nodes = [];
    if (position < 0) {
      nodes.push(make("p", "", position === -2 ? "The position that it had has lapsed." : "Nothing is recorded."));
    } else {
      const entry = data.entries[position];
      nodes.push(make("div", "", ...stanceNodes(position).filter((node) => !node.classList.contains("mark"))));
      nodes.push(make("p", "fine", `${entry.period}${entry.priority ? `; priority: ${entry.priority}` : ""}.${entry.inferred ? " Inferred: it rests on hints, or on others than the party." : ""}`));
      if (entry.full) nodes.push(make("h3", "", "In full"), make("ul", "", ...entry.full.map((line) => make("li", "", `${line}.`))));
      if (entry.interest) nodes.push(make("p", "", make("b", "", "Why, in its own account: "), `${entry.interest}.`));
      if (entry.note) nodes.push(make("p", "", make("b", "", "Note: "), `${entry.note}.`));
      nodes.push(make("h3", "", "Evidence"), statementList(entry.evidence));
      if (entry.against) nodes.push(make("h3", "", "Mixed signals"), make("p", "fine", "It has also said what does not fit this position:"), statementList(entry.against));
    }
    return [...nodes, ...courseOf(issue, party)];
  }
  function statementList(numbers) {
    return make("ul", "plain", ...numbers.map((number) => {
      const [summary, who, quote, note, locator, source] = data.statements[number];
      const [title, known, link] = data.sources[source];
      const name = link && /^https?:\/\//.test(link) ? make("a", "", title) : make("span", "", title);
      if (name.tagName === "A") { name.href = link; name.rel = "noopener noreferrer"; }
      return make("li", "", make("div", "", `${summary}.`), quote && make("blockquote", "", `“${quote}”`), make("div", "fine", `${who}.${note ? ` ${note}.` : ""}`),
        make("div", "fine", "Source: ", name, `, ${known}${locator ? `, ${locator}` : ""}.`));
    }));
  }
  // How the party's position ran over time, each turn a way to its day.
  function courseOf(issue, party) {
    const turns = data.positions[issue][party];
    const lines = [];
    for (let at = 0; at < turns.length; at += 2) {
      const [day, position] = [turns[at], turns[at + 1]];
      if (position === -1) continue;
      const button = make("button", "", data.days[day][1]);
      button.type = "button";
      button.addEventListener("click", () => go({ day }));
      const said = position < 0 ? "lapsed" : data.entries[position].said.map(([items, all]) => (items ? `${items}: ` : "") + all.map(([weight, words]) => `${data.weights[weight].toLowerCase()} ${words}`).join(", ")).join("; ");
      lines.push(make("li", "", button, ` ${said}`));
    }
    return lines.length ? [make("h3", "", "Over time"), make("ul", "plain", ...lines)] : [];
  }
  const meaning = ([, reason]) => (reason ? data.reasons[reason][1] : "");
  function verdictTold(issue) {
    if (state.parties.length < 2) return [make("p", "", "Choose two or more parties.")];
    const nodes = [];
    const found = verdictAt(issue, state.parties, state.day);
    if (found) {
      nodes.push(make("p", "", `${joined(state.parties.map(label))}:`), make("div", "judged", ...verdictNodes(found.outline)));
      nodes.push(make("p", "fine", meaning(found.outline)));
      if (found.told) nodes.push(make("p", "", found.told));
    }
    const iso = data.days[state.day][0];
    const ids = state.parties.map((party) => data.parties[party].id).join(" ");
    if (!found || !found.told) {
      const told = found ? "Its explanation is one command away: " : "The verdict of all of them together is one command away: ";
      nodes.push(make("p", "fine", told, make("code", "", `claimpos diff ${ids} --issue ${data.issues[issue].id} --as-of ${iso}`)));
    }
    if (state.parties.length > 2) {
      nodes.push(make("h3", "", "Each two of them"));
      nodes.push(make("ul", "plain", ...pairsOf(state.parties).map((pair) => {
        const { outline, told } = verdictAt(issue, pair, state.day);
        return make("li", "judged", make("b", "", `${joined(pair.map(label))} `), ...verdictNodes(outline), make("p", "fine", told || meaning(outline)));
      })));
    }
    return nodes;
  }

  // The state in the address's fragment; what is as at the start is left out.
  function fragment() {
    const parts = new URLSearchParams();
    const first = start();
    if (state.day !== first.day) parts.set("day", data.days[state.day][0]);
    if (key() !== named.join(",")) parts.set("parties", state.parties.map((party) => data.parties[party].id).join(","));
    if (state.group) parts.set("group", state.group);
    if (state.verdicts.length < 3) parts.set("verdicts", state.verdicts.map((one) => VERDICTS[one]).join(","));
    if (state.text) parts.set("text", state.text);
    if (state.only) parts.set("only", "chosen");
    if (state.open) parts.set("open", data.issues[state.open[0]].id + (state.open[1] < 0 ? "" : `/${data.parties[state.open[1]].id}`));
    return parts.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  }
  function restored() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const found = start();
    const listed = (name) => (parts.get(name) ?? "").split(",").filter(Boolean);
    if (parts.has("day")) {
      // A day on which nothing changes is shown as the last one before it.
      const wanted = parts.get("day");
      found.day = Math.max(0, data.days.findLastIndex(([iso]) => iso <= wanted));
    }
    if (parts.has("parties")) found.parties = data.parties.map((_, at) => at).filter((at) => listed("parties").includes(data.parties[at].id));
    if (data.issues.some((issue) => issue.group === parts.get("group"))) found.group = parts.get("group");
    if (parts.has("verdicts")) found.verdicts = [0, 1, 2].filter((one) => listed("verdicts").includes(VERDICTS[one]));
    found.text = parts.get("text") ?? "";
    found.only = parts.get("only") === "chosen";
    const [issue, party] = (parts.get("open") ?? "").split("/");
    const row = data.issues.findIndex((one) => one.id === issue);
    if (row >= 0) found.open = [row, party ? data.parties.findIndex((one) => one.id === party) : -1];
    return found;
  }
  function go(change) {
    state = { ...state, ...change };
    draw();
    drawDialog();
    clearTimeout(writing);
    writing = setTimeout(write, 150);
  }
  // Not at once: browsers refuse an address that is rewritten at every step of a slider.
  let writing = 0;
  function write() {
    const wanted = fragment();
    history.replaceState(null, "", wanted || location.hash ? `#${wanted}` : location.href);
  }

  // What the reader does.
  by("day").addEventListener("input", (event) => go({ day: Number(event.target.value) }));
  by("earlier").addEventListener("click", () => go({ day: Math.max(0, state.day - 1) }));
  by("later").addEventListener("click", () => go({ day: Math.min(data.days.length - 1, state.day + 1) }));
  by("reset").addEventListener("click", () => { go({ day: data.made }); by("day").focus(); });
  by("controls").addEventListener("change", () => {
    const checked = (name) => boxes.filter((box) => box.name === name && box.checked).map((box) => Number(box.value));
    go({ parties: checked("party[]"), verdicts: checked("verdict[]"), group: by("group").value, only: by("only").checked });
  });
  by("text").addEventListener("input", (event) => go({ text: event.target.value.trim() }));
  by("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (state.open) go({ open: null }); });
  window.addEventListener("hashchange", () => { if (location.hash.includes("=")) { state = restored(); draw(); drawDialog(); } });

  const shownRows = () => rows.filter((row) => row.element.offsetParent);
  const shownButtons = (row) => row.buttons.filter((button) => button.offsetParent);
  grid.addEventListener("focusin", (event) => { if (event.target.matches("td button")) setTabStop(event.target); });
  grid.addEventListener("keydown", (event) => {
    const lines = shownRows();
    const row = lines.findIndex((one) => one.buttons.includes(event.target));
    if (row < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const buttons = shownButtons(lines[row]);
    const column = buttons.indexOf(event.target);
    const moves = {
      ArrowLeft: () => buttons[column - 1],
      ArrowRight: () => buttons[column + 1],
      Home: () => buttons[0],
      End: () => buttons.at(-1),
      ArrowUp: () => row && nearest(lines[row - 1], event.target, lines[row]),
      ArrowDown: () => row + 1 < lines.length && nearest(lines[row + 1], event.target, lines[row]),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    const target = moves[event.key]();
    if (target) target.focus();
  });
  // The button of the same column or, where a narrow screen leaves it out, the one before it.
  function nearest(line, button, from) {
    const column = from.buttons.indexOf(button);
    return line.buttons.slice(0, column + 1).findLast((one) => one.offsetParent);
  }

  // Years above the slider's days.
  let last = -1;
  data.days.forEach(([iso], at) => {
    const year = iso.slice(0, 4);
    const place = (100 * at) / Math.max(data.days.length - 1, 1);
    if (at && data.days[at - 1][0].startsWith(year)) return;
    if (last >= 0 && place - last < 4.5) return;
    last = place;
    const mark = make("span", "", year);
    mark.style.left = `${place}%`;
    by("years").append(mark);
  });

  document.documentElement.classList.add("alive");
  if (location.hash.includes("=")) state = restored();
  draw();
  drawDialog();
})();
