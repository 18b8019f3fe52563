// The grid of positions: another day, other parties, filters, and the evidence behind a cell.
(() => {
  const by = (id) => document.getElementById(id);
  const named = [...Array(data.named).keys()];

  // What the reader has chosen; `open` is [issue, party], or [issue, -1] for the verdict.
  const start = () => ({ day: data.made, parties: named, group: "", verdicts: [0, 1, 2], text: "", only: false, open: null });
  let state = start();

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
    const counts = [0, 0, 0, 0];
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
      const mark = joint ? `${data.outlines.indexOf(found.outline)} of ${state.parties.length}` : `${key} ${state.day}`;
      if (row.verdict !== mark) {
        row.verdict = mark;
        const nodes = found ? verdictNodes(found.outline, state.parties) : state.parties.length < 2 ? [] : pairNodes(row.issue, state.parties, state.day);
        row.buttons[0].replaceChildren(...spaced(nodes));
      }
      if (found) counts[counter(found.outline)] += 1;
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
    changed(by("set-told"), names || "the selected parties");
    by("earlier").disabled = state.day === 0;
    by("later").disabled = state.day === data.days.length - 1;
    by("reset").hidden = state.day === data.made;
    const told = counts.map((count, verdict) => `${count} ${PLURALS[verdict][count === 1 ? 0 : 1]}`).join(", ");
    const filtered = visible < rows.length ? ` ${visible} of ${rows.length} issues shown.` : "";
    const few = state.parties.length < 2;
    changed(by("tally"), few ? `Choose two or more parties.${filtered}` : `${names}: ${joint ? told : "verdicts pair by pair"}.${filtered}`);
    const ids = state.parties.map((party) => data.parties[party].id).join(" ");
    by("hint").replaceChildren(...(joint || few ? [] : ["This page does not hold the verdict of all of them together; run ", make("code", "", `claimpos diff ${ids} --as-of ${iso}`), "."]));
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
    const told = party < 0 ? verdictTold(issue, state) : positionTold(issue, party, state, go);
    by("evidence-told").replaceChildren(make("p", "question", question), make("p", "fine", `As of ${data.days[state.day][1]}`), ...told);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
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
