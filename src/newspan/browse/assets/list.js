// The list of articles, with search and filters.

const GROUPS = [
  ["story", "Story"], ["origin", "Origin"], ["split", "Split"], ["layer", "Layer"],
  ["entity", "Entity"], ["annotator", "Annotator"], ["shape", "Shape"], ["finding", "Finding"],
];
const PAGE = 40;
const FEW = 12;

function listView(parameters) {
  const state = { q: parameters.get("q") || "", chosen: new Set(parameters.getAll("f")), shown: PAGE };
  const input = h("input", {
    type: "search", id: "search", value: state.q, autocomplete: "off", spellcheck: "false",
    placeholder: "words, \"a phrase\", a name", "aria-describedby": "hits",
  });
  const hits = h("p", { id: "hits", class: "quiet", role: "status" });
  const results = h("ol", { class: "results" });
  const filters = h("aside", { class: "filters", "aria-label": "Filters" });
  const remember = () => {
    const query = new URLSearchParams(state.q ? { q: state.q } : {});
    for (const key of state.chosen) query.append("f", key);
    history.replaceState(null, "", `#/${query.size ? `?${query}` : ""}`);
  };
  const draw = () => drawResults(state, results, hits);
  const renew = () => { remember(); draw(); };
  input.addEventListener("input", () => {
    state.q = input.value;
    state.shown = PAGE;
    renew();
  });
  const redraw = () => { drawFilters(state, filters, renew); draw(); };
  redraw();
  indexAll().then(redraw, (error) => replace(hits, `Not everything could be read: ${error.message}.`));
  return h("div", { class: "list" },
    h("h1", { class: "unseen" }, "Articles"),
    h("form", { role: "search", class: "search", onsubmit: (event) => event.preventDefault() },
      h("label", { for: "search" }, "Search texts, titles and entities"), input),
    hits, h("div", { class: "columns" }, filters, results));
}

function drawResults(state, results, hits) {
  const found = find(state.q, state.chosen);
  replace(hits, found.length === articles.length
    ? count(articles.length, "article") : `${found.length} of ${count(articles.length, "article")}`);
  replace(results, found.slice(0, state.shown).map((number) => result(number, termsOf(state.q))));
  if (found.length > state.shown) {
    const more = () => {
      state.shown += PAGE;
      drawResults(state, results, hits);
      results.children[state.shown - PAGE]?.querySelector("a").focus();
    };
    results.append(h("li", { class: "more" }, h("button", { type: "button", onclick: more }, "Show more")));
  }
}

function result(number, terms) {
  const article = articles[number];
  const snippet = h("p", { class: "snippet" });
  bodyOf(number).then((body) => body.text && replace(snippet, words(excerpt(body.text, terms))), () => {});
  return h("li", {},
    h("h2", {}, h("a", { href: link("article", article.id) }, words(titleOf(article)))),
    h("p", { class: "quiet" }, when(article), " · ", words(article.publisher || article.origin), " · ",
      h("a", { href: link("story", article.story) }, plain(article.story)), " · ", article.id),
    snippet);
}

/** Some words around the first term found, which is marked; else the beginning. */
function excerpt(text, terms) {
  const low = text.toLowerCase();
  const term = terms.find((one) => low.includes(one));
  if (!term || low.length !== text.length) return [text.slice(0, 160), "…"];
  const at = low.indexOf(term);
  const start = Math.max(0, at - 70);
  return [start ? "…" : "", text.slice(start, at), h("mark", {}, text.slice(at, at + term.length)),
    text.slice(at + term.length, at + 110), "…"];
}

function drawFilters(state, filters, renew) {
  const known = new Map();
  for (const [key, set] of facets) {
    const group = key.slice(0, key.indexOf(":"));
    if (!known.has(group)) known.set(group, []);
    known.get(group).push([key, set.size]);
  }
  const named = new Map(GROUPS);
  const order = [...GROUPS.map(([group]) => group), ...[...known.keys()].filter((g) => !named.has(g)).sort()];
  const open = new Set([...filters.querySelectorAll("details[open]")].map((d) => d.dataset.group));
  replace(filters, h("h2", {}, "Filters"),
    order.filter((group) => known.has(group)).map((group) => {
      const values = known.get(group).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      const has = values.some(([key]) => state.chosen.has(key));
      return h("details", { "data-group": group, open: has || open.has(group) },
        h("summary", {}, named.get(group) || plain(group.replace(".", ": "))),
        filterGroup(group, values, state, renew));
    }));
}

function filterGroup(group, values, state, renew) {
  const list = h("ul");
  const row = ([key, size]) => {
    const value = key.slice(group.length + 1);
    const box = h("input", { type: "checkbox", onchange: () => {
      if (box.checked) state.chosen.add(key); else state.chosen.delete(key);
      state.shown = PAGE;
      renew();
    } });
    box.checked = state.chosen.has(key);
    const name = group === "entity" ? entityName(value) : plain(value);
    return h("li", {}, h("label", {}, box, " ", words(name), " ", h("span", { class: "quiet" }, size)));
  };
  const draw = (wanted) => {
    const fitting = wanted
      ? values.filter(([key]) => fold(entityName(key.slice(group.length + 1))).includes(fold(wanted)))
      : values.filter(([key], at) => at < FEW || state.chosen.has(key));
    replace(list, fitting.slice(0, 60).map(row));
  };
  draw("");
  if (values.length <= FEW) return list;
  return [h("input", { type: "search", "aria-label": `Find in ${plain(group)}`,
    placeholder: `one of ${values.length}`, oninput: (event) => draw(event.target.value) }), list];
}
