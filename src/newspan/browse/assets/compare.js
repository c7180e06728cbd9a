// Two versions of an annotation side by side, and what they disagree on.

const keyOf = (span) => `${span.layer} ${span.places.join(",")}`;

const whoseVersion = (version, number) => {
  const first = version.spans[0]?.more;
  return first ? `${first.annotator} (${first.status})` : `version ${number + 1}`;
};

/** What two versions disagree on: spans that only one has, and attributes that differ. */
function disagreements(one, other) {
  const found = [];
  const inOther = new Map(other.spans.map((span) => [keyOf(span), span]));
  const inOne = new Set(one.spans.map(keyOf));
  for (const span of one.spans) {
    const match = inOther.get(keyOf(span));
    if (!match) found.push({ left: span, right: null, what: "only on the left" });
    else {
      const names = [...new Set([...Object.keys(span.own), ...Object.keys(match.own)])]
        .filter((name) => String(span.own[name] ?? "") !== String(match.own[name] ?? ""));
      if (names.length) {
        const what = names.map((n) => `${plain(n)}: ${span.own[n] ?? "–"} / ${match.own[n] ?? "–"}`).join("; ");
        found.push({ left: span, right: match, what });
      }
    }
  }
  for (const span of other.spans) if (!inOne.has(keyOf(span))) found.push({ left: null, right: span, what: "only on the right" });
  const first = (pair) => (pair.left || pair.right).places[0];
  return found.sort((a, b) => first(a) - first(b));
}

function versionsSideBySide(body, panel) {
  const area = h("div", { class: "versions" });
  const chosen = [0, 1];
  const pick = (side) => h("select", { "aria-label": side ? "Right version" : "Left version", onchange: (event) => {
    chosen[side] = Number(event.target.value);
    draw();
  } }, body.versions.map((version, number) =>
    h("option", { value: number, selected: number === chosen[side] }, whoseVersion(version, number))));
  const draw = () => replace(area, comparison(body, body.versions[chosen[0]], body.versions[chosen[1]], panel));
  draw();
  return [h("p", { class: "versions-choice" }, pick(0), " beside ", pick(1)), area];
}

function comparison(body, one, other, panel) {
  const found = disagreements(one, other);
  const marks = [new Map(), new Map()];
  for (const { left, right } of found) {
    if (left) marks[0].set(left, right ? "differs" : "only");
    if (right) marks[1].set(right, left ? "differs" : "only");
  }
  const sides = [one, other].map((version, side) => {
    const frame = h("div", { class: "frame" });
    const view = { article: null, body, version, panel, frame, chosen: null };
    if (body.text !== null) {
      const { root, pieces } = drawText(body.text, version.spans, marks[side]);
      view.pieces = pieces;
      frame.append(root);
    }
    return { frame, view };
  });
  const show = ({ left, right }) => [left, right].forEach((span, side) => {
    const pieces = span && sides[side].view.pieces?.get(span);
    sides[side].frame.querySelectorAll(".chosen").forEach((e) => e.classList.remove("chosen"));
    pieces?.forEach((e) => e.classList.add("chosen"));
    pieces?.[0]?.scrollIntoView({ block: "center" });
  });
  const same = one.spans.length - found.filter(({ left }) => left).length;
  return [h("p", {}, `${count(same, "span")} the same in both, ${count(found.length, "disagreement")}.`),
    h("div", { class: "beside" }, sides.map(({ frame }) => frame)),
    h("table", { class: "disagreements" }, h("thead", {}, h("tr", {},
      ["Layer", "Words", "Disagreement"].map((n) => h("th", { scope: "col" }, n)))),
    h("tbody", {}, found.map((pair) => h("tr", {}, h("td", {}, (pair.left || pair.right).layer),
      h("td", {}, h("button", { type: "button", class: "to", onclick: () => show(pair) }, words(wordsOf(body, pair.left || pair.right)))),
      h("td", {}, words(pair.what))))))];
}
