// A text with its spans: each piece between two boundaries is one element, underlined once
// for every span that covers it, inner spans nearest to the words.

const LINE = 5; // pixels from one underline to the next

/** How far below the words each span's line is drawn: one more than what it overlaps within. */
function lanesOf(spans, bounds) {
  const place = new Map(bounds.map((at, number) => [at, number]));
  const height = new Uint16Array(bounds.length);
  const length = (span) => span.fragments.reduce((sum, [start, end]) => sum + end - start, 0);
  const lanes = new Map();
  for (const span of [...spans].sort((a, b) => length(a) - length(b) || a.number - b.number)) {
    const pieces = span.fragments.flatMap(([start, end]) => {
      const found = [];
      for (let at = place.get(start); at < place.get(end); at++) found.push(at);
      return found;
    });
    const lane = pieces.reduce((most, at) => Math.max(most, height[at]), 0);
    for (const at of pieces) height[at] = lane + 1;
    lanes.set(span, lane);
  }
  return lanes;
}

/** The lines under a piece as CSS backgrounds; kinds of line differ as well as colours. */
function underline(element, spans, lanes) {
  const images = [], sizes = [], places = [];
  const deepest = Math.max(...spans.map((span) => lanes.get(span)));
  for (const span of spans) {
    images.push(`var(--line-${span.layer})`);
    sizes.push("100% 3px");
    places.push(`0 calc(100% - ${(deepest - lanes.get(span)) * LINE}px)`);
  }
  element.style.backgroundImage = images.join(", ");
  element.style.backgroundSize = sizes.join(", ");
  element.style.backgroundPosition = places.join(", ");
  element.style.paddingBottom = `${(deepest + 1) * LINE - 1}px`;
  element.style.setProperty("--tint", spans.some((span) => span.layer === "quote") ? "var(--said)" : "transparent");
}

/** Boundaries of the spans and paragraphs of a text, in order. */
function boundsOf(text, spans) {
  const bounds = new Set([0, text.length]);
  for (const span of spans) for (const [start, end] of span.fragments) bounds.add(start).add(end);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) bounds.add(at).add(at + 1);
  return [...bounds].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
}

/**
 * The text as paragraphs. `marks` maps a span to a class for its pieces; `pieces` collects,
 * for each span, the elements that show it.
 */
function drawText(text, spans, marks = new Map()) {
  const bounds = boundsOf(text, spans);
  const lanes = lanesOf(spans, bounds);
  const over = bounds.map(() => []);
  const place = new Map(bounds.map((at, number) => [at, number]));
  for (const span of spans) {
    for (const [start, end] of span.fragments) {
      for (let at = place.get(start); at < place.get(end); at++) over[at].push(span);
    }
  }
  const pieces = new Map(spans.map((span) => [span, []]));
  const root = h("div", { class: "text", lang: "en" });
  let paragraph = null;
  for (let at = 0; at + 1 < bounds.length; at++) {
    const part = text.slice(bounds[at], bounds[at + 1]);
    if (part === "\n") {
      if (text[bounds[at] + 1] !== "\n" && paragraph) paragraph.append(h("br"));
      if (text[bounds[at] + 1] === "\n") paragraph = null;
      continue;
    }
    if (!paragraph) root.append(paragraph = h("p", { dir: "auto" }));
    paragraph.append(piece(part, over[at], lanes, pieces, marks));
  }
  const deepest = Math.max(0, ...lanes.values());
  root.style.setProperty("--deep", Math.min(deepest, 6));
  return { root, pieces };
}

function piece(part, covering, lanes, pieces, marks) {
  if (!covering.length) return document.createTextNode(printable(part));
  const inner = [...covering].sort((a, b) => lanes.get(a) - lanes.get(b));
  const gap = !part.trim(); // to be seen, but nothing to stop at
  const made = h("span", gap ? { class: "piece" } : { class: "piece", role: "button", tabindex: "-1" }, part);
  made.spans = inner;
  underline(made, inner, lanes);
  for (const span of inner) {
    pieces.get(span).push(made);
    if (marks.has(span)) made.classList.add(marks.get(span));
  }
  return made;
}

/** A span in a few words: its layer and what is known of it. */
function brief(span) {
  const shown = Object.entries(span.own).map(([name, value]) =>
    value === true ? plain(name) : name === "entity" ? entityName(value) : plain(String(value)));
  return [span.layer, ...shown].join(" · ");
}
