// The page's address: what it shows, and what of an address this page does not have.

const key = (parties) => parties.join(",");
const SORTS = ["agenda", "verdict", "core", "moved"];
const isNarrow = () => matchMedia("(max-width: 48rem)").matches;
// What the reader has chosen; `day` is the last with a change, `asked` a later one without; `open` is [issue, party], or [issue, -1] for all of an issue.
const start = () => ({ day: data.made, asked: "", since: null, parties: [...Array(data.named).keys()], group: "", verdicts: [0, 1, 2], text: "", only: isNarrow(), moved: false, sort: "agenda", texts: data.beside, differing: false, open: null, at: "" });

// The last day of change up to a day, -1: none; and the day, if it lies between two days of change.
const dayBy = (iso) => data.days.findLastIndex(([known]) => known <= iso);
const askedFor = (iso) => (iso > data.days[0][0] && iso < data.days.at(-1)[0] && data.days[dayBy(iso)][0] !== iso ? iso : "");

// The state as the fragment of an address; what is as at the start is left out.
function fragmentOf(state) {
  const parts = new URLSearchParams();
  const first = start();
  const ids = (parties) => parties.map((party) => data.parties[party].id).join(",");
  if (isoOf(state) !== isoOf(first)) parts.set("day", isoOf(state));
  if (state.since !== null) parts.set("since", data.days[state.since][0]);
  if (key(state.parties) !== key(first.parties)) parts.set("parties", ids(state.parties));
  if (state.group) parts.set("group", state.group);
  if (state.verdicts.length < 3) parts.set("verdicts", state.verdicts.map((one) => VERDICTS[one]).join(","));
  if (state.text) parts.set("text", state.text);
  if (state.only !== first.only) parts.set("columns", state.only ? "chosen" : "all");
  if (state.moved) parts.set("rows", "changed");
  if (state.sort !== "agenda") parts.set("sort", state.sort);
  if (key(state.texts) !== key(data.beside)) parts.set("texts", state.texts.map((text) => data.proposals[text].id).join(","));
  if (state.differing) parts.set("terms", "differing");
  if (state.open) parts.set("open", data.issues[state.open[0]].id + (state.open[1] < 0 ? "" : `/${data.parties[state.open[1]].id}`));
  if (state.at) parts.set("at", state.at);
  return parts.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
}

const LONGEST_ADDRESS = 100_000; // letters of an address
const PROBLEMS_SHOWN = 10;
const isDay = (iso) => /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso);

// The state that a fragment asks for, and in words what it asks for in vain. A setting that is given more than once counts as it is given last.
function stateOf(fragment) {
  const state = start();
  const problems = [];
  if (fragment.length > LONGEST_ADDRESS) return { state, problems: [`room for an address of more than ${LONGEST_ADDRESS.toLocaleString("en")} letters`] };
  if (fragment && !fragment.includes("=")) return { state: { ...state, at: fragment }, problems };
  const one = (list, id) => list.findIndex((each) => each.id === id);
  // What is no name at all is not repeated: a stranger's link would put sentences into the page.
  const missing = (what, id) => { problems.push(/^[\w-]{1,60}$/.test(id) ? `no ${what} “${id}”` : `no such ${what}`); return -1; };
  const listed = (ids) => [...new Set(ids.split(",").filter(Boolean))];
  const placesOf = (ids, what, list) => listed(ids).map((id) => (one(list, id) < 0 ? missing(what, id) : one(list, id))).filter((place) => place >= 0).sort((a, b) => a - b);
  const dayOf = (iso) => {
    if (!isDay(iso)) return missing("day", iso);
    const day = dayBy(iso);
    if (iso > data.days.at(-1)[0]) problems.push(`nothing after ${data.days.at(-1)[1]}, and so not “${iso}”`);
    else if (day < 0) problems.push(`nothing before ${data.days[0][1]}, and so not “${iso}”`);
    return Math.max(day, 0);
  };
  const readers = {
    day: (iso) => { const day = dayOf(iso); if (day >= 0) Object.assign(state, { day, asked: askedFor(iso) }); },
    since: (iso) => { const day = dayOf(iso); if (day >= 0) state.since = day; },
    parties: (ids) => { state.parties = placesOf(ids, "party", data.parties); },
    texts: (ids) => { state.texts = placesOf(ids, "text", data.proposals); },
    terms: (word) => { if (word === "differing") state.differing = true; else missing("terms", word); },
    group: (id) => { if (Object.hasOwn(data.groups, id)) state.group = id; else missing("group", id); },
    verdicts: (words) => { state.verdicts = [0, 1, 2].filter((verdict) => listed(words).includes(VERDICTS[verdict])); listed(words).filter((word) => !VERDICTS.includes(word)).forEach((word) => missing("verdict", word)); },
    text: (text) => { state.text = text; },
    columns: (word) => { if (["chosen", "all"].includes(word)) state.only = word === "chosen"; else missing("columns", word); },
    rows: (word) => { if (word === "changed") state.moved = true; else missing("rows", word); },
    sort: (word) => { if (SORTS.includes(word)) state.sort = word; else missing("order", word); },
    open: (path) => {
      const [issue, party] = path.split("/");
      const row = one(data.issues, issue);
      const column = party === undefined ? -1 : one(data.parties, party);
      if (row < 0) missing("issue", issue);
      else if (party !== undefined && column < 0) missing("party", party);
      else state.open = [row, column];
    },
    at: (id) => { if (by(id)) state.at = id; else missing("place", id); },
  };
  for (const [name, value] of new Map(new URLSearchParams(fragment))) {
    if (Object.hasOwn(readers, name)) readers[name](value);
    else missing("setting", name);
  }
  if (state.since !== null && state.since >= state.day) { state.since = null; problems.push("“since” is not before the day"); }
  const told = [...new Set(problems)];
  return { state, problems: told.length > PROBLEMS_SHOWN ? [...told.slice(0, PROBLEMS_SHOWN), `${told.length - PROBLEMS_SHOWN} more`] : told };
}
