// The slider's day on a true axis of time: the thumb rests on days of change, each marked by a tick.

function nearestDay(offset) {
  let best = 0;
  OFFSETS.forEach((one, at) => { if (Math.abs(one - offset) <= Math.abs(OFFSETS[best] - offset)) best = at; });
  return best;
}
// Months, quarters or years to name below the axis, as [offset, text].
function axisLabels() {
  const first = new Date(data.days[0][0]);
  const months = SPAN <= 200 ? 1 : SPAN <= 700 ? 3 : 12;
  const named = [];
  const at = new Date(Date.UTC(first.getUTCFullYear(), 0, 1));
  for (; at - first <= SPAN * DAY; at.setUTCMonth(at.getUTCMonth() + months)) {
    const offset = Math.round((at - first) / DAY);
    const text = months === 12 ? String(at.getUTCFullYear()) : at.toLocaleDateString("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
    if (offset >= 0) named.push([offset, text]);
  }
  if (!named.length || named[0][0] > SPAN * 0.08) named.unshift([0, String(first.getUTCFullYear())]);
  return named;
}
function drawAxis() {
  const axis = by("axis");
  const place = (offset) => `${(100 * offset) / SPAN}%`;
  OFFSETS.forEach((offset, at) => {
    const tick = make("i", "tick");
    tick.style.left = place(offset);
    tick.dataset.day = data.days[at][0];
    axis.append(tick);
  });
  // A character takes some 9 pixels; what is beside the axis, 130.
  const room = (text) => (9 * text.length) / (innerWidth - 130);
  for (const [offset, text] of axisLabels()) {
    if (offset > SPAN * (1 - room(text))) continue;
    const mark = make("span", "", text);
    mark.style.left = place(offset);
    axis.append(mark);
  }
}
// Keys of the slider: one change back or on, ten, or to the end.
function dayByKey(key, state) {
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity };
  return key in steps ? changeFrom(state, steps[key]) : null;
}
// The change that is some changes off; from a day between two, the first one back is the last before it.
function changeFrom({ day, asked }, steps) {
  return Math.min(Math.max(day + steps + (asked && steps < 0 ? 1 : 0), 0), data.days.length - 1);
}

// A row's verdict over time, the higher the nearer to overlap; what is after the day is cut off.
function strip(issue, parties) {
  const turns = turnsOf(issue, parties);
  const rects = [];
  for (let at = 0; at < turns.length; at += 2) {
    const outline = data.outlines[turns[at + 1]];
    const [verdict] = outline;
    const begin = OFFSETS[turns[at]];
    const end = at + 2 < turns.length ? OFFSETS[turns[at + 2]] : SPAN;
    const height = [10, 3, 6][verdict];
    if (end > begin && isCompared(outline)) rects.push(drawn("rect", { class: VERDICTS[verdict], x: begin, y: 10 - height, width: end - begin, height }));
  }
  return drawn("svg", { class: "strip", viewBox: `0 0 ${SPAN} 10`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...rects);
}
