// Search: over issues, and over positions as of the day with the statements and sources behind them.

// Spelling aside: accents, apostrophes, hyphens, commas within figures, British and American forms.
const SPELLINGS = [[/is(ed?|es|ing|ation)\b/g, "iz$1"], [/defence/g, "defense"], [/programme/g, "program"], [/yy\b/g, "y"], [/kiev/g, "kyiv"], [/(\d),(?=\d{3})/g, "$1"]];
const HYPHEN = /(?<!\p{L})(\p{L}+)[-‐‑](?=(\p{L}+))/gu;
function plain(text) {
  const bare = text.normalize("NFD").replace(/[\u0300-\u036f'’‘]/g, "").toLowerCase();
  return SPELLINGS.reduce((told, [form, other]) => told.replace(form, other), bare);
}
const LONGEST = 1000;
const inWords = (text) => ` ${text.replace(/[^\p{L}\p{N}%]+/gu, " ").trim()} `;
// A text to look in, in words; those with a hyphen are there as one word and as two.
const folded = (text) => inWords(plain(text).replace(HYPHEN, (whole, one, two) => `${one}${two} ${one} `));
// What is looked for: beginnings of words, short words whole, and phrases in quotation marks.
function wanted(text) {
  const found = text.slice(0, LONGEST).match(/["“][^"“”]+["”]|\S+/g) ?? [];
  return found.map((one) => {
    const word = inWords(plain(one).replace(HYPHEN, "$1"));
    if (/^["“]/.test(one) || word.length <= 5) return word;
    return word.replace(/(.{4})s $/, "$1").trimEnd();
  }).filter((word) => word.trim());
}

const issueTexts = [];
function issueText(issue) {
  const { id, title, question, note, also, outcomes, items, group } = data.issues[issue];
  issueTexts[issue] ??= folded([title, question, note, ...also, ...outcomes, ...items, data.groups[group], id].join(" \n "));
  return issueTexts[issue];
}
const entryTexts = [];
function entryText(position) {
  if (entryTexts[position] === undefined) {
    const { said, full, interest, note, notes, evidence, against, context } = data.entries[position];
    const statements = [...evidence, ...(against ?? []), ...(context ?? [])].flatMap((number) => {
      const [summary, who, quote, remark, locator, source] = data.statements[number];
      return [summary, who, quote, remark, locator, ...data.sources[source]];
    });
    entryTexts[position] = folded([...said.flatMap(([items, all]) => [items, ...all.map(([weight, words]) => `${data.weights[weight]} ${words}`)]), ...(full ?? []), interest, note, ...(notes ?? []), ...statements].filter(Boolean).join(" \n "));
  }
  return entryTexts[position];
}
const partyTexts = data.parties.map(({ name, label: short, also }) => folded([name, short, ...also].join(" \n ")));
const cellHas = (word, position, party) => position >= 0 && (partyTexts[party].includes(word) || entryText(position).includes(word));

// Whether a row has all words, and which of its cells has any of them.
function searched(words, issue, positions) {
  if (!words.length) return { matches: true, cells: [] };
  const own = issueText(issue);
  const missing = words.filter((word) => !own.includes(word));
  const matches = missing.every((word) => positions.some((position, party) => cellHas(word, position, party)));
  const cells = matches ? positions.map((position, party) => words.some((word) => cellHas(word, position, party))) : [];
  return { matches, cells };
}
