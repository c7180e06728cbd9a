// What can be searched and filtered: built while the reader looks at the list.

const facets = new Map(); // "group:value" to the set of articles that have it
const folded = []; // what is searched of each article
let ready = null;

function note(group, value, number) {
  const key = `${group}:${value}`;
  if (!facets.has(key)) facets.set(key, new Set());
  facets.get(key).add(number);
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

articles.forEach((article, number) => {
  for (const group of ["story", "origin", "split"]) if (article[group]) note(group, article[group], number);
  folded.push(fold(`${article.id} ${article.title || ""} ${article.publisher || ""} `));
});
for (const [id, , , code, level] of overview.findings) {
  if (numberOf.has(id)) note("finding", `${code} (${level})`, numberOf.get(id));
}

/** All texts, entities and attributes; resolves when everything can be found. */
function indexAll() {
  ready ||= (async () => {
    const chunks = Math.ceil(articles.length / overview.chunk);
    for (let number = 0; number < chunks; number++) {
      (await chunk(number)).forEach((body, at) => take(body, number * overview.chunk + at));
      if (number % 8 === 7) await new Promise((resolve) => setTimeout(resolve));
    }
  })();
  return ready;
}

function take(body, number) {
  const entities = new Set();
  for (const version of body.versions) {
    for (const span of version.spans) {
      note("layer", span.layer, number);
      note("annotator", span.more.annotator, number);
      if (span.fragments.length > 1) note("shape", "in several pieces", number);
      if (span.more.note) note("shape", "with a remark", number);
      for (const [name, value] of Object.entries(span.own)) {
        if (name === "entity") entities.add(value);
        else if (ENUMERATED.has(`${span.layer}.${name}`)) {
          note(`${span.layer}.${name}`, value === true ? "yes" : value, number);
        }
      }
    }
    if (crossing(version.spans)) note("shape", "crossing another", number);
  }
  if (body.versions.length > 1) note("shape", "marked more than once", number);
  for (const key of entities) note("entity", key, number);
  folded[number] += fold(`${body.text || ""} ${[...entities].map(entityName).join(" ")}`);
}

const ENUMERATED = new Set(
  overview.layers.flatMap((layer) => layer.attributes.map((name) => `${layer.layer}.${name}`)),
);

/** Whether two spans overlap and neither holds the other. */
function crossing(spans) {
  const open = [];
  const hull = (span) => [span.fragments[0][0], span.fragments.at(-1)[1]];
  for (const [start, end] of spans.map(hull).sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    while (open.length && open.at(-1) <= start) open.pop();
    if (open.length && open.at(-1) < end) return true;
    open.push(end);
  }
  return false;
}

/** The terms of a question: words, and phrases in double quotes. */
const termsOf = (question) =>
  [...fold(question).matchAll(/"([^"]+)"?|(\S+)/g)].map((match) => match[1] || match[2]);

/** The articles that have every term, and one of the values chosen in each group. */
function find(question, chosen) {
  const terms = termsOf(question);
  const groups = new Map();
  for (const key of chosen) {
    const group = key.slice(0, key.indexOf(":"));
    groups.set(group, [...(groups.get(group) || []), facets.get(key) || new Set()]);
  }
  const found = [];
  for (let number = 0; number < articles.length; number++) {
    if (![...groups.values()].every((sets) => sets.some((set) => set.has(number)))) continue;
    if (terms.every((term) => folded[number].includes(term))) found.push(number);
  }
  return found;
}
