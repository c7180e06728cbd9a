// One article: its text with spans, what is known of the chosen span, versions side by side.

const HIDDEN_LAYERS = new Set();

async function articleView([id, region], parameters) {
  const number = numberOf.get(id);
  if (number === undefined) return missing(`There is no article ${id} here.`);
  const article = articles[number];
  const body = await bodyOf(number);
  const compared = body.versions.length > 1 && parameters.get("compare") !== "no";
  const panel = h("aside", { class: "panel", "aria-label": "Chosen span", tabindex: "0" });
  const main = h("div", { class: "article" },
    heading(article, body),
    findingsOf(article, body),
    compared ? versionsSideBySide(body, panel) : annotated(article, body, body.versions[0], panel, region),
    neighbours(number));
  return main;
}

const missing = (text) => h("div", {}, h("h1", {}, "Not here"), h("p", {}, text), h("p", {}, h("a", { href: "#/" }, "All articles")));

function heading(article, body) {
  const facts = [
    ["Story", h("a", { href: link("story", article.story) }, plain(article.story))],
    ["Published", when(article) + " UTC"], ["Publisher", article.publisher],
    ["Origin", article.origin + (article.author === "model" ? ", written by a language model" : "")],
    ["Based on", (article.based_on || []).map((id) => [h("a", { href: link("article", id) }, id), " "])],
    ["Split", article.split], ["Licence", article.licence],
  ];
  return [h("h1", {}, words(titleOf(article))),
    h("dl", { class: "facts" }, facts.filter(([, value]) => value && value.length !== 0).map(([name, value]) =>
      h("div", {}, h("dt", {}, name), h("dd", {}, typeof value === "string" ? words(value) : value)))),
    body.text === null && h("p", { class: "note" },
      "The words of this report are its owner's and not here. Hydrate it from your copy and make this page again to see them.")];
}

function findingsOf(article, body) {
  const found = overview.findings.filter(([id]) => id === article.id);
  if (!found.length) return null;
  return h("details", { class: "note findings", open: true }, h("summary", {}, count(found.length, "finding")),
    h("ul", {}, found.map(([, start, end, code, level, meaning]) => {
      const quoted = body.text !== null && end > start
        ? h("q", {}, words(body.text.slice(body.units(start), body.units(end)))) : null;
      return h("li", {}, h("b", {}, code), ` ${level}: ${meaning} `, quoted);
    })));
}

function neighbours(number) {
  const step = (at, name) => articles[at] && h("a", { href: link("article", articles[at].id), rel: name },
    name === "prev" ? "← " : "", words(titleOf(articles[at])), name === "next" ? " →" : "");
  return h("nav", { class: "neighbours", "aria-label": "Articles before and after" },
    step(number - 1, "prev"), step(number + 1, "next"));
}

/** Text and panel of one version, with switches for the layers. */
function annotated(article, body, version, panel, region) {
  const frame = h("div", { class: "frame" });
  const view = { article, body, version, panel, frame, chosen: null };
  const redraw = () => {
    const shown = version.spans.filter((span) => !HIDDEN_LAYERS.has(span.layer));
    if (body.text === null) {
      replace(frame, standoffList(view, shown));
    } else {
      const { root, pieces } = drawText(body.text, shown, findingMarks(article, body, shown));
      view.pieces = pieces;
      replace(frame, root);
      listen(view, root);
    }
    choose(view, view.chosen && shown.includes(view.chosen) ? view.chosen : null, false);
  };
  redraw();
  const start = version.spans.find((span) => span.region === region);
  if (start) requestAnimationFrame(() => choose(view, start, true));
  return [layerSwitches(version, redraw), h("div", { class: "reading" }, frame, panel), spanTable(view)];
}

function findingMarks(article, body, spans) {
  const marks = new Map();
  for (const [id, start, end] of overview.findings) {
    if (id !== article.id) continue;
    for (const span of spans) {
      if (span.fragments[0][0] === body.units(start) && span.fragments.at(-1)[1] === body.units(end)) marks.set(span, "found");
    }
  }
  return marks;
}

function layerSwitches(version, redraw) {
  return h("fieldset", { class: "switches" }, h("legend", {}, "Layers"), overview.layers.map(({ layer, definition }) => {
    const box = h("input", { type: "checkbox", onchange: () => {
      if (box.checked) HIDDEN_LAYERS.delete(layer); else HIDDEN_LAYERS.add(layer);
      redraw();
    } });
    box.checked = !HIDDEN_LAYERS.has(layer);
    const size = version.spans.filter((span) => span.layer === layer).length;
    return h("label", { title: definition }, box, h("span", { class: `swatch line-${layer}` }, layer), ` ${size}`);
  }));
}

/** Mouse and keyboard on the pieces: one of them is in the tab order, arrows go on from it. */
function listen(view, root) {
  const all = [...root.querySelectorAll(".piece[role]")];
  if (all.length) all[0].tabIndex = 0;
  root.addEventListener("mouseover", (event) => {
    const piece = event.target.closest(".piece");
    if (piece) piece.title = printable(piece.spans.map(brief).join("\n"));
  });
  root.addEventListener("click", (event) => {
    const piece = event.target.closest(".piece");
    if (piece) choose(view, next(piece.spans, view.chosen), false, piece);
  });
  root.addEventListener("keydown", (event) => {
    const piece = event.target.closest(".piece");
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!piece) return;
    if (event.key === "Enter" || event.key === " ") choose(view, next(piece.spans, view.chosen), false, piece);
    else if (event.key === "Escape") choose(view, null, false);
    else if (step) {
      const to = all[(all.indexOf(piece) + step + all.length) % all.length];
      piece.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    } else return;
    event.preventDefault();
  });
}

/** The span to choose when a piece is pressed: the innermost, then outwards, each in its turn. */
const next = (spans, chosen) => spans[(spans.indexOf(chosen) + 1) % spans.length];

const otherEnds = (view, span) => view.version.relations
  .filter((relation) => relation.head === span.number || relation.tail === span.number);

function choose(view, span, jump) {
  view.chosen = span;
  const { version, pieces, frame } = view;
  frame.querySelectorAll(".chosen, .joined").forEach((e) => e.classList.remove("chosen", "joined"));
  const arcs = [];
  if (span && pieces) {
    const own = pieces.get(span) || [];
    own.forEach((e) => e.classList.add("chosen"));
    for (const { type, head, tail } of otherEnds(view, span)) {
      const from = pieces.get(version.spans[head]) || [], to = pieces.get(version.spans[tail]) || [];
      [...from, ...to].forEach((e) => own.includes(e) || e.classList.add("joined"));
      if (from.length && to.length) arcs.push({ from, to, name: type });
    }
    if (jump && own[0]) own[0].scrollIntoView({ block: "center" });
  }
  if (pieces) drawArcs(frame, arcs);
  replace(view.panel, span ? spanCard(view, span) : h("p", { class: "quiet" },
    "Choose a span: with the mouse, or with Tab, arrows and Enter. Press again for the span around it."));
  if (span) say(`${brief(span)}: ${wordsOf(view.body, span)}`);
}

function spanCard(view, span) {
  const to = (number) => {
    const other = view.version.spans[number];
    return h("button", { type: "button", class: "to", onclick: () => choose(view, other, true) },
      words(wordsOf(view.body, other)));
  };
  const rows = [...Object.entries(span.own), ...Object.entries(span.more)].map(([name, value]) =>
    h("div", {}, h("dt", {}, plain(name)), h("dd", {}, name === "entity"
      ? h("a", { href: `#/?f=${encodeURIComponent(`entity:${value}`)}` }, words(entityName(value)))
      : words(value === true ? "yes" : value))));
  return [h("h2", {}, h("span", { class: `swatch line-${span.layer}` }, span.layer), ` ${span.region}`),
    h("p", { class: "said" }, words(wordsOf(view.body, span))), h("dl", {}, rows),
    otherEnds(view, span).map(({ type, head, tail }) => h("p", { class: "relation" },
      head === span.number ? [plain(type), " → ", to(tail)] : [to(head), " ", plain(type), " → this"])),
    h("p", {}, h("a", { href: link("article", view.article.id, span.region) }, "Address of this span"))];
}

const standoffList = (view, spans) => h("ol", { class: "standoff" }, spans.map((span) =>
  h("li", {}, h("button", { type: "button", class: "to", onclick: () => choose(view, span, false) }, brief(span)))));

/** All spans as a table: for reading in a row, and for those who do not see the underlines. */
function spanTable(view) {
  const place = h("div");
  const row = (span) => h("tr", {}, h("td", {}, span.layer),
    h("td", {}, h("button", { type: "button", class: "to", onclick: () => choose(view, span, true) },
      words(wordsOf(view.body, span)))),
    h("td", {}, words(brief(span).split(" · ").slice(1).join(" · "))));
  const draw = () => replace(place, table(["Layer", "Words", "Attributes"], view.version.spans.map(row)));
  const details = h("details", { class: "all" },
    h("summary", {}, `All ${count(view.version.spans.length, "span")} as a table`), place);
  details.addEventListener("toggle", () => details.open && !place.children.length && draw());
  return details;
}
