// The grid of positions: its rows, what is drawn in them, and the keys that lead from cell to cell.

function gridOf(go) {
  // The rows of the grid. Cells with something to open become buttons; one target of all is in the
  // tab order, and arrow keys lead to the others.
  const grid = by("grid");
  const bodies = [...grid.tBodies];
  const inOrder = make("tbody");
  grid.append(inOrder);
  const rows = [...grid.querySelectorAll("tr.issue")].map((element) => {
    const issue = Number(element.dataset.issue);
    const [head, judged, ...cells] = element.children;
    element.setAttribute("role", "row");
    head.setAttribute("role", "rowheader");
    for (const cell of [judged, ...cells]) cell.setAttribute("role", "gridcell");
    const title = button("name", "", () => go({ open: [issue, -1] }));
    title.append(...head.querySelector(".name").childNodes);
    title.setAttribute("aria-haspopup", "dialog");
    head.querySelector(".name").replaceWith(title);
    const row = { issue, element, body: element.parentNode, head, cells, targets: [title, ...Array(cells.length + 1).fill(null)], shown: Array(cells.length).fill(null), verdict: null, strip: null, stripped: null };
    row.targets[1] = button("", "", () => go({ open: [issue, -1] }));
    row.targets[1].setAttribute("aria-haspopup", "dialog");
    judged.replaceChildren(row.targets[1]);
    return row;
  });
  grid.setAttribute("role", "grid");
  for (const line of grid.querySelectorAll("thead tr, tr.group")) line.setAttribute("role", "row");
  const heads = [...grid.querySelectorAll("thead th")].slice(2);
  heads.forEach((head) => head.setAttribute("role", "columnheader"));
  let tabStop = null;
  function setTabStop(target) {
    if (tabStop) tabStop.tabIndex = -1;
    tabStop = target;
    if (target) target.tabIndex = 0;
  }
  for (const row of rows) row.targets[0].tabIndex = row.targets[1].tabIndex = -1;

  function drawCell(row, party, position, steps) {
    const mark = `${position} ${steps.map(([day, kind]) => day + kind).join()}`;
    if (row.shown[party] === mark) return;
    row.shown[party] = mark;
    const cell = row.cells[party];
    const moved = steps.length ? [make("span", "moved-mark", inShort(steps))] : [];
    const named = make("span", "offscreen", `${label(party)}, ${data.issues[row.issue].title}:`);
    const nodes = spaced([named, ...moved, ...stanceNodes(position)]);
    const opens = position !== -1 || steps.length;
    const target = opens ? button("", "", () => go({ open: [row.issue, party] })) : cell;
    if (opens) {
      target.append(...nodes);
      target.setAttribute("aria-haspopup", "dialog");
      cell.removeAttribute("tabindex");
    }
    target.tabIndex = -1;
    if (tabStop === row.targets[party + 2]) tabStop = null;
    row.targets[party + 2] = target;
    cell.replaceChildren(cell.firstElementChild, ...(opens ? [target] : nodes));
    cell.classList.toggle("none", !opens);
    cell.classList.toggle("moved", steps.length > 0);
  }
  function drawVerdict(row, { parties, day }, joint) {
    const outline = joint ? outlineAt(row.issue, parties, day) : null;
    const few = parties.length < 2;
    const mark = outline ? `${data.outlines.indexOf(outline)} ${key(parties)}` : `${key(parties)} ${day}`;
    if (row.verdict === mark) return outline;
    row.verdict = mark;
    const nodes = outline ? verdictNodes(outline, parties) : few ? [make("span", "reason", "–")] : pairNodes(row.issue, parties, day);
    const named = make("span", "offscreen", `Verdict, ${data.issues[row.issue].title}:`);
    row.targets[1].replaceChildren(...spaced([named, ...nodes]));
    return outline;
  }
  function drawStrip(row, parties, joint, after) {
    const mark = joint ? key(parties) : "";
    if (row.stripped !== mark) {
      row.stripped = mark;
      row.strip?.remove();
      row.strip = joint ? strip(row.issue, parties) : null;
      if (joint) row.head.append(row.strip);
    }
    if (row.strip) row.strip.style.clipPath = after;
  }
  // Which columns are those of the parties chosen.
  function drawColumns(state) {
    grid.classList.toggle("only", state.only);
    if (grid.dataset.chosen !== key(state.parties)) {
      grid.dataset.chosen = key(state.parties);
      for (const lane of [heads, ...rows.map((row) => row.cells)]) {
        lane.forEach((cell, party) => {
          cell.classList.toggle("in", state.parties.includes(party));
          cell.classList.toggle("out", !state.parties.includes(party));
        });
      }
    }
  }

  let ordered = "agenda";
  function drawOrder(state, shown) {
    const order = state.sort === "moved" || state.sort === "verdict" ? `${state.sort} ${state.day} ${key(state.parties)} ${key(shown)}` : state.sort;
    if (order !== ordered) {
      ordered = order;
      const rank = {
        agenda: () => 0,
        core: (row) => (data.issues[row.issue].core ? 0 : 1),
        moved: (row) => -lastMoved(row.issue, shown, state.day),
        verdict: (row) => (setOf(state.parties) ? counter(outlineAt(row.issue, state.parties, state.day)) : 0),
      }[state.sort];
      const sorted = rows.map((row, at) => [rank(row), at, row]).sort(([a, i], [b, j]) => a - b || i - j);
      for (const [, , row] of sorted) (state.sort === "agenda" ? row.body : inOrder).append(row.element);
    }
    for (const body of bodies) body.hidden = state.sort !== "agenda" || !body.querySelector("tr.issue:not([hidden])");
  }

  const shownRows = () => [...grid.querySelectorAll("tr.issue:not([hidden])")].map((element) => rows.find((row) => row.element === element));
  const shownTargets = (row) => row.targets.filter((target) => target?.offsetParent);
  grid.addEventListener("focusin", (event) => { if (rows.some((row) => row.targets.includes(event.target))) setTabStop(event.target); });
  grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const lines = shownRows();
    const row = lines.findIndex((one) => one.targets.includes(event.target));
    if (row < 0) return;
    const targets = shownTargets(lines[row]);
    const column = targets.indexOf(event.target);
    const moves = {
      ArrowLeft: () => targets[column - 1],
      ArrowRight: () => targets[column + 1],
      Home: () => targets[0],
      End: () => targets.at(-1),
      ArrowUp: () => row && nearest(lines[row - 1], event.target, lines[row]),
      ArrowDown: () => row + 1 < lines.length && nearest(lines[row + 1], event.target, lines[row]),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    const target = moves[event.key]();
    if (target) target.focus();
  });
  // The target of the same column or, where a narrow screen leaves it out, the one before it.
  function nearest(line, target, from) {
    const column = from.targets.indexOf(target);
    return line.targets.slice(0, column + 1).findLast((one) => one?.offsetParent);
  }
  // One of the targets shown is in the tab order.
  function keepTabStop() {
    if (!tabStop || !tabStop.isConnected || !tabStop.offsetParent) setTabStop(shownRows()[0]?.targets[0] ?? null);
  }
  return { rows, drawCell, drawVerdict, drawStrip, drawColumns, drawOrder, shownRows, keepTabStop };
}
