// The time line of an issue up to the day: a lane for each party, coloured by the outcome that it
// calls for or would take, and one for the verdict; on a true axis of time.

const LANE = 34;
const LEFT = 118;
const WIDE = 560;
// What a position comes to: the first outcome it calls for, takes, takes on conditions, or rejects.
function headline(position) {
  const said = data.entries[position].said.flatMap(([, all]) => all);
  for (const weights of [["demand", "offer"], ["acceptance"], ["condition"], ["red-line"], ["open"]]) {
    const found = said.find(([weight]) => weights.includes(weight));
    if (found) return found;
  }
  return ["open", ""];
}
// The stretches of a lane up to a day, those that come to the same taken together: [day, end, position].
function stretchesOf(issue, party, day) {
  const turns = positionsUntil(issue, party, day);
  const found = [];
  turns.forEach(([begin, position], at) => {
    const end = at + 1 < turns.length ? turns[at + 1][0] : day;
    const last = found.at(-1);
    if (position >= 0 && last && last.end === begin && String(headline(last.position)) === String(headline(position))) last.end = end;
    else if (position >= 0) found.push({ begin, end, position });
  });
  return found;
}
function timeLine(issue, shown) {
  const lanes = shown.parties.filter((party) => positionsUntil(issue, party, shown.day).length);
  const begins = lanes.flatMap((party) => positionsUntil(issue, party, shown.day).map(([day]) => day));
  if (!begins.length) return null;
  const first = OFFSETS[Math.min(...begins)];
  const last = Math.max(OFFSETS[shown.day], first + 30);
  const place = (offset) => LEFT + (WIDE * (Math.max(offset, first) - first)) / (last - first);
  const outcomes = [];
  const bars = [];
  lanes.forEach((party, row) => {
    for (const { begin, end, position } of stretchesOf(issue, party, shown.day)) {
      const [weight, outcome] = headline(position);
      const words = weight === "open" ? saidInWords([weight, outcome]) : outcome;
      if (!outcomes.includes(words)) outcomes.push(words);
      const number = outcomes.indexOf(words);
      const x = place(OFFSETS[begin]);
      const width = Math.max(place(OFFSETS[end]) - x - 1, 2);
      const look = weight === "red-line" || weight === "open" ? weight : `o${number % 6}`;
      bars.push(drawn("rect", { class: `bar ${look} ${weight === "condition" ? "condition" : ""}`, x, y: row * LANE + 8, width, height: 20 }, drawn("title", {}, `${label(party)}, from ${written_day(begin)}: ${positionInWords(position)}`)));
      if (width > 16) bars.push(drawn("text", { class: `letter ${look}`, x: x + 5, y: row * LANE + 23 }, letter(number)));
    }
    bars.push(drawn("text", { class: "lane", x: 0, y: row * LANE + 22 }, label(party)));
  });
  const rows = lanes.length + (setOf(shown.parties) ? 1 : 0);
  if (setOf(shown.parties)) bars.push(...verdictLane(issue, shown, first, place, lanes.length));
  const axis = axisMarks(first, last).map(([offset, text]) => drawn("g", {}, drawn("path", { class: "year", d: `M${place(offset)} 0V${rows * LANE + 4}` }), drawn("text", { class: "date", x: place(offset) + 3, y: rows * LANE + 16 }, text)));
  const names = joined(shown.parties.map(label));
  const title = `${data.issues[issue].title}: ${names}, to ${dayInWords(shown)}`;
  const picture = drawn("svg", { class: "course", role: "img", "aria-label": `Time line. ${title}. The list below each party says the same in words.`, viewBox: `0 0 ${LEFT + WIDE + 4} ${rows * LANE + 22}` }, ...axis, ...bars);
  const legend = make("ol", "letters", ...outcomes.map((words, at) => make("li", "", make("b", "", letter(at)), ` ${words}`)));
  const several = data.issues[issue].items.length > 1 ? [make("p", "fine", "Where a position differs by sub-issue, its bar shows one outcome: the first that it calls for or, if there is none, accepts.")] : [];
  const heights = setOf(shown.parties) ? [make("p", "fine", "Verdict: the higher the bar, the nearer to overlap.")] : [];
  return { picture, legend: make("div", "", legend, ...heights, ...several), title, outcomes };
}
const letter = (number) => String.fromCharCode(65 + (number % 26));
function positionsUntil(issue, party, day) {
  const turns = data.positions[issue][party];
  const found = [];
  for (let at = 0; at < turns.length && turns[at] <= day; at += 2) found.push([turns[at], turns[at + 1]]);
  return found;
}
function verdictLane(issue, shown, first, place, row) {
  const turns = turnsOf(issue, shown.parties);
  const bars = [drawn("text", { class: "lane", x: 0, y: row * LANE + 22 }, "Verdict")];
  for (let at = 0; at < turns.length && turns[at] <= shown.day; at += 2) {
    const end = at + 2 < turns.length && turns[at + 2] <= shown.day ? OFFSETS[turns[at + 2]] : OFFSETS[shown.day];
    if (end <= first) continue;
    const outline = data.outlines[turns[at + 1]];
    if (!isCompared(outline)) continue;
    const [verdict] = outline;
    const x = place(OFFSETS[turns[at]]);
    const height = [20, 6, 12][verdict];
    bars.push(drawn("rect", { class: `verdict-bar ${VERDICTS[verdict]}`, x, y: row * LANE + 28 - height, width: Math.max(place(end) - x - 1, 2), height }, drawn("title", {}, `${written_day(turns[at])}: ${VERDICTS[verdict]}`)));
  }
  return bars;
}
function axisMarks(first, last) {
  const origin = Date.parse(data.days[0][0]);
  const months = last - first <= 200 ? 1 : last - first <= 700 ? 3 : 12;
  const at = new Date(origin + first * DAY);
  at.setUTCDate(1);
  at.setUTCMonth(Math.floor(at.getUTCMonth() / months) * months);
  const marks = [];
  for (; at.getTime() <= origin + last * DAY; at.setUTCMonth(at.getUTCMonth() + months)) {
    const offset = Math.round((at.getTime() - origin) / DAY);
    const text = months === 12 ? String(at.getUTCFullYear()) : at.toLocaleDateString("en-GB", { month: "short", year: "2-digit", timeZone: "UTC" });
    if (offset >= first && offset < last - (last - first) * 0.06) marks.push([offset, text]);
  }
  return marks;
}
