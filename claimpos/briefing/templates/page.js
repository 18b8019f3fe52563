// What the reader does, and what the page then shows: another day, other parties, filters, a cell.
(() => {
  let state = start();
  const everyone = [...Array(data.parties.length).keys()];
  const { rows, drawCell, drawVerdict, drawStrip, drawColumns, drawOrder, shownRows, keepTabStop } = gridOf(go);
  const boxes = [...by("controls").querySelectorAll("input[type=checkbox]")];
  const columns = () => (state.only ? state.parties : everyone);
  const before = () => (state.since === null ? state.day - 1 : state.since);

  function draw() {
    const joint = Boolean(setOf(state.parties));
    const counts = [0, 0, 0, 0];
    const movement = { changed: 0, restated: 0, closer: 0, away: 0, rows: [] };
    const found = { issues: 0, parts: 0, cells: 0 };
    const words = wanted(state.text);
    const shown = columns();
    const after = `inset(0 ${100 - (100 * OFFSETS[state.day]) / SPAN}% 0 0)`;
    for (const row of rows) {
      const positions = everyone.map((party) => positionAt(row.issue, party, state.day));
      const moves = everyone.map((party) => stepsOf(row.issue, party, before(), state.day));
      everyone.forEach((party) => drawCell(row, party, positions[party], moves[party]));
      const outline = drawVerdict(row, state, joint);
      drawStrip(row, state.parties, joint, after);
      const moved = shown.filter((party) => moves[party].length);
      const change = joint ? verdictMoves(row.issue, state.parties, before(), state.day) : null;
      const seen = searched(words, row.issue, positions.map((position, party) => (shown.includes(party) ? position : -1)));
      const whole = !outline || state.verdicts.includes(outline[0]);
      const partly = !whole && (outline[2] || []).some((item) => state.verdicts.includes(item[1]));
      const inGroup = !state.group || data.issues[row.issue].group === state.group;
      const hasMoved = !state.moved || moved.length > 0 || Boolean(change && change.closer + change.away);
      const hidden = !((whole || partly) && inGroup && hasMoved && seen.matches);
      if (row.element.hidden !== hidden) row.element.hidden = hidden;
      row.cells.forEach((cell, party) => cell.classList.toggle("hit", words.length > 0 && Boolean(seen.cells[party])));
      if (hidden) continue;
      found.issues += 1;
      found.cells += seen.cells.filter(Boolean).length;
      if (partly) found.parts += 1;
      else if (outline && isCompared(outline)) counts[counter(outline)] += 1;
      const changed = moved.filter((party) => movesOf(moves[party]).length).length;
      movement.changed += changed;
      movement.restated += moved.length - changed;
      movement.closer += change?.closer ?? 0;
      movement.away += change?.away ?? 0;
      if (moved.length || (change && change.closer + change.away)) movement.rows.push({ issue: row.issue, moves: moved.map((party) => [party, moves[party]]), verdict: change });
    }
    drawColumns(state);
    drawOrder(state, shown);
    drawTimeBar(movement, joint);
    drawControls(joint, counts, found, words);
    drawHeading(joint);
    const texts = `${key(state.texts)} ${state.differing}`;
    if (by("texts") && drawnTexts !== texts) { drawnTexts = texts; drawTexts(state); }
    keepTabStop();
  }

  let drawnTexts = "";
  let movedNow = null;
  function drawTimeBar(movement, joint) {
    by("day").value = offsetOf(isoOf(state));
    by("day").setAttribute("aria-valuetext", dayInWords(state));
    written(by("day-shown"), `${spanInWords(state)}:`);
    by("earlier").disabled = state.day === 0 && !state.asked;
    by("later").disabled = state.day === data.days.length - 1;
    by("reset").hidden = state.day === data.made;
    by("goto").value = isoOf(state);
    by("since").value = state.since === null ? "" : String(state.since);
    written(by("movement"), movementInWords(movement, joint));
    movedNow = movement;
    drawMovement();
    by("changes").hidden = !movement.rows.length;
  }
  function drawMovement() {
    if (by("changes").open) by("changes-told").replaceChildren(...movementNodes(movedNow.rows, state, go));
  }

  function drawControls(joint, counts, found, words) {
    const names = joined(state.parties.map(label));
    const few = state.parties.length < 2;
    written(by("day-told"), dayInWords(state));
    written(by("set-told"), few ? "the selected parties" : names);
    const told = counts.map((count, verdict) => counted(count, ...PLURALS[verdict])).filter((_, verdict) => state.verdicts.includes(Math.min(verdict, 2))).join(", ") + (found.parts ? `, and parts of ${counted(found.parts, "other issue", "other issues")}` : "");
    const filtered = found.issues < rows.length ? ` ${found.issues} of ${counted(rows.length, "issue", "issues")} shown.` : "";
    const hits = words.length ? ` Found in ${counted(found.issues, "issue", "issues")}, with ${counted(found.cells, "position", "positions")}.` : "";
    const verdicts = few ? "Choose two or more parties." : `${names}: ${joint ? told : "verdicts pair by pair"}.`;
    const nothing = !found.issues;
    const none = words.length ? "Found in 0 issues." : "No issue matches these choices.";
    written(by("tally"), nothing ? none : verdicts + (hits || filtered));
    written(by("hint"), joint || few ? "" : "The page holds verdicts of all pairs, and of some larger sets of parties. It has none for these together, so each row counts their pairs.");
    by("nothing").hidden = !nothing;
    by("scroller").hidden = by("share").hidden = nothing;
    by("clear").hidden = !(filtered || state.text || state.sort !== "agenda" || state.since !== null || key(state.parties) !== key(start().parties) || state.only !== start().only);
    for (const box of boxes) {
      if (box.name === "party[]") box.checked = state.parties.includes(Number(box.value));
      if (box.name === "verdict[]") { box.checked = state.verdicts.includes(Number(box.value)); box.disabled = !joint; }
    }
    by("group").value = state.group;
    by("sort").value = state.sort;
    if (by("text").value.trim() !== state.text) by("text").value = state.text;
    by("only").checked = state.only;
    by("changed").checked = state.moved;
  }
  const madeTitle = document.title;
  function drawHeading(joint) {
    const first = start();
    const away = state.day !== first.day || key(state.parties) !== key(first.parties);
    const names = joined(state.parties.map(label)) || "No parties chosen";
    document.documentElement.classList.toggle("away", away);
    written(by("title"), away ? names : by("title").dataset.made);
    written(by("as-of"), `As of ${dayInWords(state)}`);
    const all = away && joint ? [0, 0, 0, 0] : null;
    if (all) for (const outline of rows.map((row) => outlineAt(row.issue, state.parties, state.day)).filter(isCompared)) all[counter(outline)] += 1;
    const numbers = all ?? (joint ? by("counts").dataset.made.split(",") : ["–", "–", "–", "–"]);
    [...by("counts").querySelectorAll("dd")].forEach((one, at) => written(one, String(numbers[at])));
    document.title = away ? `${names}, ${dayInWords(state)}: ${data.title}` : madeTitle;
  }

  // What is announced, once, a moment after the last change.
  let saying = 0;
  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => written(by("announced"), text), 400);
  }

  // The dialog. Back closes it first: opening it adds to the browser's history, and closing goes back.
  const dialog = by("evidence");
  let opener = null;
  function drawDialog() {
    if (!state.open) {
      if (dialog.open) dialog.close();
      return;
    }
    const [issue, party] = state.open;
    const { title, question, note } = data.issues[issue];
    written(by("evidence-title"), party < 0 ? title : `${label(party)}: ${title}`);
    const told = party < 0 ? issueTold(issue, state, go) : positionTold(issue, party, state, go);
    const notes = party < 0 && note ? [make("details", "", make("summary", "", "How this issue is understood"), make("p", "fine", note))] : [];
    by("evidence-told").replaceChildren(make("p", "question", question), make("p", "fine", `As of ${dayInWords(state)}`), ...notes, ...told);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  function go(change) {
    const opened = Boolean(change.open) && !state.open;
    if (opened) write();
    state = { ...state, ...("day" in change ? { asked: "" } : {}), ...change };
    if (state.since !== null && state.since >= state.day) state.since = null;
    draw();
    drawDialog();
    if (opened) {
      history.pushState({ opened: true }, "", `#${fragmentOf(state)}`);
      opener = state.open;
    }
    clearTimeout(writing);
    writing = setTimeout(write, 150);
    if ("day" in change || "since" in change) say(`${by("day-shown").textContent} ${by("movement").textContent}`);
    else if (!("open" in change) && !("at" in change)) say(by("tally").textContent);
  }
  // Not at once: browsers refuse an address that is rewritten at every step of a slider.
  let writing = 0;
  function write() {
    clearTimeout(writing);
    const fragment = fragmentOf(state);
    const address = fragment ? `#${fragment}` : location.pathname + location.search;
    if (location.hash !== (fragment ? `#${fragment}` : "")) history.replaceState(history.state, "", address);
  }
  function closed() {
    if (!state.open) return;
    const [issue, party] = opener ?? state.open;
    state = { ...state, open: null };
    if (history.state?.opened) { leaving = true; history.back(); } else write();
    rows.find((row) => row.issue === issue)?.targets[party < 0 ? 0 : party + 2]?.focus({ preventScroll: true });
  }
  let leaving = false;
  window.addEventListener("popstate", () => {
    if (leaving) { leaving = false; write(); return; }
    restore();
  });
  function restore() {
    const found = stateOf(location.hash.slice(1));
    const moved = found.state.at !== state.at || !state.at;
    state = found.state;
    written(by("address-told"), found.problems.length ? `The address asks for what this page does not have: ${found.problems.join("; ")}. The rest is shown.` : "");
    draw();
    drawDialog();
    if (state.at && moved) scrollTo(state.at);
  }

  // Twice, because what is laid out on the way may turn out higher than it was taken for.
  function scrollTo(id) {
    const goal = by(id);
    const scroller = goal?.matches("tr.issue") && by("scroller").scrollHeight > by("scroller").clientHeight ? by("scroller") : null;
    const show = () => {
      (scroller ?? goal)?.scrollIntoView({ behavior: "instant" });
      if (scroller) scroller.scrollTo({ top: goal.offsetTop - by("grid").tHead.offsetHeight, behavior: "instant" });
    };
    show();
    requestAnimationFrame(() => requestAnimationFrame(show));
  }

  // What the reader does.
  const slider = by("day");
  slider.addEventListener("input", () => {
    const day = nearestDay(Number(slider.value));
    if (day === state.day && !state.asked) slider.value = OFFSETS[day]; else go({ day });
  });
  slider.addEventListener("keydown", (event) => {
    const day = event.ctrlKey || event.altKey || event.metaKey ? null : dayByKey(event.key, state);
    if (day === null) return;
    event.preventDefault();
    if (day !== state.day || state.asked) go({ day });
  });
  by("earlier").addEventListener("click", () => go({ day: changeFrom(state, -1) }));
  by("later").addEventListener("click", () => go({ day: changeFrom(state, 1) }));
  by("reset").addEventListener("click", () => { go({ day: data.made, since: null }); slider.focus(); });
  let playing = 0;
  function pause() {
    clearInterval(playing);
    playing = 0;
    written(by("play"), "Play");
  }
  by("play").addEventListener("click", () => {
    if (playing) return pause();
    if (state.day === data.days.length - 1) go({ day: 0 });
    written(by("play"), "Pause");
    playing = setInterval(() => (state.day < data.days.length - 1 ? go({ day: state.day + 1 }) : pause()), 1200);
  });
  matchMedia("(prefers-reduced-motion: reduce)").addEventListener("change", pause);
  // While a year is typed, it is not valid yet.
  by("goto").addEventListener("change", ({ target }) => {
    if (!target.value || !target.validity.valid) return;
    go({ day: dayBy(target.value), asked: askedFor(target.value) });
  });
  by("since").addEventListener("change", (event) => go({ since: event.target.value === "" ? null : Number(event.target.value) }));
  by("changes").addEventListener("toggle", drawMovement);
  by("controls").addEventListener("change", (event) => {
    if (["since", "text", "goto"].includes(event.target.id)) return;
    const checked = (name) => boxes.filter((box) => box.name === name && box.checked).map((box) => Number(box.value));
    const verdicts = boxes.some((box) => box.name === "verdict[]" && box.disabled) ? state.verdicts : checked("verdict[]");
    go({ parties: checked("party[]"), verdicts, group: by("group").value, only: by("only").checked, moved: by("changed").checked, sort: by("sort").value });
  });
  by("text").addEventListener("input", (event) => go({ text: event.target.value.trim() }));
  const clear = () => { go({ ...start(), day: state.day, asked: state.asked, texts: state.texts, differing: state.differing }); by("text").focus(); };
  by("clear").addEventListener("click", clear);
  by("clear-all").addEventListener("click", clear);
  by("texts")?.parentNode.addEventListener("change", () => {
    const texts = [...document.querySelectorAll("input[name='text[]']")].filter((box) => box.checked).map((box) => Number(box.value));
    state = { ...state, texts, differing: by("differing").checked };
    draw();
    say(by("texts-told").textContent);
    write();
  });
  by("pairs")?.parentNode.addEventListener("click", ({ target }) => {
    const pair = target.closest("[data-pair]")?.dataset.pair;
    if (!pair) return;
    go({ parties: pair.split(",").map(Number) });
    scrollTo("grid-title");
  });
  by("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", closed);
  function copy(text, told) {
    copied(text).then((done) => {
      const words = done ? told : `This browser does not let the page copy. Copy from here: ${text}`;
      written(by("copied"), words);
      say(words);
    });
  }
  by("copy-link").addEventListener("click", () => { write(); copy(location.href, "Link copied."); });
  by("copy-citation").addEventListener("click", () => { write(); copy(citation(state), `Copied: ${citation(state)}`); });
  by("save-table").addEventListener("click", () => {
    const issues = shownRows().map((row) => row.issue);
    save(`positions-${isoOf(state)}.csv`, "text/csv;charset=utf-8", tableOf(issues, columns(), state));
  });

  // Links within the page keep what is shown.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const goal = link && by(link.hash.slice(1));
    if (!goal || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    write();
    state = { ...state, at: goal.id };
    history.pushState(null, "", `#${fragmentOf(state)}`);
    scrollTo(goal.id);
    goal.setAttribute("tabindex", goal.getAttribute("tabindex") ?? "-1");
    goal.focus({ preventScroll: true });
  });
  // The place in the page that the address keeps: the last issue or heading above the middle.
  const places = [...document.querySelectorAll("main h2[id], tr.issue[id], article.row[id]")];
  let scrolling = 0;
  addEventListener("scroll", () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(() => {
      const top = (place) => place.getBoundingClientRect().top;
      const here = state.at ? by(state.at) : null;
      if (here && scrollY >= 100 && top(here) > -20 && top(here) < innerHeight) return;
      const passed = scrollY < 100 ? null : places.filter((place) => place.offsetParent && top(place) < innerHeight / 3).sort((a, b) => top(a) - top(b)).at(-1);
      if (state.open || (passed?.id ?? "") === state.at) return;
      state = { ...state, at: passed?.id ?? "" };
      write();
    }, 300);
  }, { passive: true });

  // A bar that takes a third of the window, as with large text, would hide what is read below it.
  const bar = document.querySelector(".bar");
  const settle = () => bar.classList.toggle("loose", bar.offsetHeight > window.innerHeight / 3);
  new ResizeObserver(settle).observe(bar);
  window.addEventListener("resize", settle);

  document.documentElement.classList.add("alive");
  history.scrollRestoration = "manual";
  drawAxis();
  restore();
})();
