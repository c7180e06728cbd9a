// The lists of stories and entities, and the charts.

function storiesView() {
  const stories = new Map();
  for (const article of articles) {
    if (!stories.has(article.story)) stories.set(article.story, []);
    stories.get(article.story).push(article);
  }
  const torn = (key) => (overview.stories[key] || []).filter((question) => question.conflicts.length).length;
  const order = [...stories.keys()].sort((a, b) => torn(b) - torn(a) || (a < b ? -1 : 1));
  return h("div", {}, h("h1", {}, "Stories"), h("ol", { class: "results" }, order.map((key) => {
    const reports = stories.get(key);
    const asked = overview.stories[key] || [];
    return h("li", {}, h("h2", {}, h("a", { href: link("story", key) }, plain(key))),
      h("p", { class: "quiet" }, `${count(reports.length, "report")} · ${count(asked.length, "question")} of number`,
        torn(key) ? h("span", { class: "badge torn" }, `${torn(key)} with figures that exclude each other`) : null));
  })));
}

function entitiesView() {
  const rows = h("tbody");
  const said = h("p", { class: "quiet", role: "status" });
  const draw = (wanted) => {
    const found = Object.entries(overview.entities)
      .map(([key, [name, kind, type]]) => ({ key, name, kind, type, size: facets.get(`entity:${key}`)?.size || 0 }))
      .filter(({ key, name }) => !wanted || fold(`${key} ${name}`).includes(fold(wanted)))
      .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
    replace(said, count(found.length, "entity", "entities") + (found.length > 300 ? "; the first 300 are shown" : ""));
    replace(rows, found.slice(0, 300).map(({ key, name, kind, type, size }) => h("tr", {},
      h("td", {}, h("a", { href: `#/?f=${encodeURIComponent(`entity:${key}`)}` }, words(name))),
      h("td", {}, kind), h("td", {}, plain(type)), h("td", { class: "number" }, size))));
  };
  const input = h("input", { type: "search", id: "entity-search", oninput: () => draw(input.value) });
  draw("");
  indexAll().then(() => draw(input.value), () => {});
  return h("div", { class: "entities" }, h("h1", {}, "Entities"),
    h("p", { class: "search" }, h("label", { for: "entity-search" }, "Find an entity"), input), said,
    h("table", {}, h("thead", {}, h("tr", {}, ["Name", "Kind", "Type", "Articles"].map((n) => h("th", { scope: "col" }, n)))), rows));
}

function chartsView() {
  const templates = [...document.querySelectorAll("template.figure")];
  return h("div", { class: "charts" }, h("h1", {}, "Charts"),
    templates.length ? templates.map((template) => h("section", {}, h("h2", {}, template.dataset.title), template.content.cloneNode(true)))
      : h("p", {}, "This page was made without charts."));
}
