// A story: who gave which figure for what, report by report, and which cannot both be right.

function storyView([key, figure]) {
  const reports = articles.filter((article) => article.story === key)
    .sort((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0));
  if (!reports.length) return missing(`There is no story ${key} here.`);
  const asked = overview.stories[key] || [];
  const split = asked.filter((question) => question.conflicts.length);
  const shown = figure ? asked.filter((question) => question.figure === figure) : asked;
  return h("div", { class: "story" },
    h("h1", {}, plain(key)),
    h("p", { class: "lead" }, `${count(reports.length, "report")}, ${count(asked.length, "question")} of number. `,
      split.length ? h("strong", {}, split.length === 1 ? "One has figures that exclude each other." :
        `${split.length} have figures that exclude each other.`) : "No figures exclude each other."),
    figure ? h("p", {}, h("a", { href: link("story", key) }, "All questions of this story")) : overviewTable(key, asked, reports),
    shown.length ? shown.map((question) => questionCard(key, question)) : h("p", {}, "No number here is tied to a question."));
}

const nameOf = (question) => plain(question.figure) + (question.scope === "increment" ? " (more on top)" : "");

/** Questions down, reports across in the order of time: how each figure moved. */
function overviewTable(key, asked, reports) {
  const wanted = asked.filter((question) => question.claims.length > 1);
  if (!wanted.length || reports.length < 2) return null;
  return h("section", { class: "grid-box", tabindex: "0", role: "region", "aria-label": "The figures, report by report" },
    h("h2", {}, "The figures, report by report"),
    h("table", { class: "grid" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Question"), reports.map((report) =>
        h("th", { scope: "col" }, h("a", { href: link("article", report.id), title: printable(titleOf(report)) }, when(report)),
          h("br"), h("span", { class: "quiet" }, words(report.publisher || report.id)))))),
      h("tbody", {}, wanted.map((question) => {
        const torn = new Set(question.conflicts.flat());
        return h("tr", {}, h("th", { scope: "row" }, h("a", { href: link("story", key, question.figure) }, nameOf(question))),
          reports.map((report) => h("td", {}, question.claims.map((claim, at) => claim.article === report.id &&
            [h("span", { class: `figure ${standing(claim)} ${torn.has(at) ? "torn" : ""}`, title: printable(whoseWord(claim)) }, figureText(claim)), " "]))));
      }))),
    h("p", { class: "quiet" }, h("span", { class: "figure torn" }, "7"), " excludes another figure · ",
      h("span", { class: "figure weak" }, "7"), " denied, negated, planned or possible"));
}

/** Whether a claim says that it is so. */
const standing = (claim) => (claim.factuality !== "actual" || (claim.polarity || "asserted") !== "asserted" ? "weak" : "");

function whoseWord(claim) {
  const article = articles[numberOf.get(claim.article)];
  if (claim.attribution === "report") return `${article.publisher || "the report"} itself`;
  return (claim.who || "source not named") + (claim.through ? `, as told by ${claim.through}` : "");
}

function questionCard(key, question) {
  const scale = scaleOf(question.claims);
  const rows = question.claims.map((claim, at) => claimRows(claim, at, question, scale));
  return h("section", { class: "question", "aria-label": nameOf(question) },
    h("h2", {}, h("a", { href: link("story", key, question.figure) }, nameOf(question)),
      question.conflicts.length ? h("span", { class: "badge torn" }, "figures exclude each other") :
        question.differs && h("span", { class: "badge" }, "figures differ")),
    contradictionLines(question),
    h("table", { class: "claims" }, h("thead", {}, h("tr", {},
      ["Reported", "Whose word", "Figure"].map((n) => h("th", { scope: "col" }, n)),
      h("th", { scope: "col", class: "plot" }, axis(scale)), h("th", { scope: "col" }, "Report"))),
    h("tbody", {}, rows)));
}

/** Some pairs that exclude each other: those of one report first, then those nearest in time. */
function contradictionLines(question) {
  if (!question.conflicts.length) return null;
  const time = (at) => Date.parse(articles[numberOf.get(question.claims[at].article)].published);
  const apart = ([a, b]) => Math.abs(time(a) - time(b));
  const said = (at) => [h("b", {}, figureText(question.claims[at])), " (", words(whoseWord(question.claims[at])), ")"];
  const pairs = [...question.conflicts].sort((a, b) => apart(a) - apart(b));
  const line = ([a, b]) => {
    const hours = Math.round(apart([a, b]) / 3.6e6);
    const where = question.claims[a].article === question.claims[b].article ? "in one report"
      : hours < 1 ? "at the same time" : `${hours < 48 ? count(hours, "hour") : count(Math.round(hours / 24), "day")} apart`;
    return h("li", {}, said(a), " excludes ", said(b), h("span", { class: "quiet" }, `, ${where}`));
  };
  const rest = pairs.length - 3;
  return h("ul", { class: "contradictions" }, pairs.slice(0, 3).map(line),
    rest > 0 && h("li", { class: "quiet" }, `and ${count(rest, "more pair")}; point at a figure to see what it excludes`));
}

/** A figure with its thousands parted. */
const figureText = (claim) => claim.figure.replace(/\d{5,}/g, (digits) => BigInt(digits).toLocaleString("en"));

function claimRows(claim, at, question, scale) {
  const article = articles[numberOf.get(claim.article)];
  const against = question.conflicts.flatMap(([a, b]) => (a === at ? [b] : b === at ? [a] : []));
  const flags = [claim.factuality, claim.polarity].filter((f) => f && f !== "actual" && f !== "asserted").map(plain);
  const id = `claim-${question.figure}-${question.scope}-${at}`;
  const detail = h("tr", { class: "detail", id, hidden: true });
  const toggle = h("button", { type: "button", class: "figure-button", "aria-expanded": "false", "aria-controls": id, onclick: async () => {
    detail.hidden = !detail.hidden;
    toggle.setAttribute("aria-expanded", String(!detail.hidden));
    if (!detail.hidden && !detail.children.length) replace(detail, h("td", { colspan: "5" }, await sentenceOf(claim)));
  } }, h("span", { class: `figure ${standing(claim)} ${against.length ? "torn" : ""}` }, figureText(claim)));
  const row = h("tr", { class: "claim" },
    h("td", { class: "time" }, when(article)),
    h("td", {}, words(whoseWord(claim)), flags.length ? h("span", { class: "flags" }, ` ${flags.join(", ")}`) : null,
      claim.place && h("span", { class: "quiet" }, " in ", words(claim.place))),
    h("td", {}, toggle), h("td", { class: "plot" }, plot(claim, scale)),
    h("td", {}, h("a", { href: link("article", claim.article, claim.region) }, claim.article)));
  const light = (on) => against.forEach((other) =>
    row.parentNode.querySelectorAll("tr.claim")[other].classList.toggle("against", on));
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    row.addEventListener(event, () => light(on));
  }
  return [row, detail];
}

/** The sentence with the figure marked, where the words are here. */
async function sentenceOf(claim) {
  const body = await bodyOf(numberOf.get(claim.article));
  const span = body.versions[0].spans.find((one) => one.region === claim.region);
  const to = h("a", { href: link("article", claim.article, claim.region) }, "In its report");
  if (body.text === null || !claim.sentence || !span) return [h("p", { class: "quiet" }, "The words are the owner's and not here. "), to];
  const [start, end] = claim.sentence.map(body.units);
  const [from, till] = [span.fragments[0][0], span.fragments.at(-1)[1]];
  return h("blockquote", {}, h("p", {}, h("bdi", {}, body.text.slice(start, from), h("mark", {}, body.text.slice(from, till)),
    body.text.slice(till, end))), to);
}
