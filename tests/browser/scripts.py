"""What is asked of the editor's page in its own language."""

TEXT = "[class*='richtext__container']"
MODEL = "Htx.annotationStore.selected"

NUMBER = f"""([start, end]) => {{
  const shown = {MODEL};
  const found = shown.serializeAnnotation().find(
    r => r.type === 'labels' && r.value.start === start && r.value.end === end);
  const region = found && shown.regionStore.regions.find(r => r.cleanId === found.id);
  return region ? region.region_index : null;
}}"""

# Where the mouse has to go to select a stretch. Offsets are code points, a line break is one.
# Ends are edges of what the reader sees as one character: a caret cannot stand inside.
PLACE = """([selector, start, end]) => {
  const root = document.querySelector(selector);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const points = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeName === 'BR') points.push(null);
    if (node.nodeType !== Node.TEXT_NODE) continue;
    let unit = 0;
    for (const point of node.data) { points.push([node, unit, point]); unit += point.length; }
  }
  const text = points.map(p => p ? p[2] : '\\n').join('');
  const cuts = [];
  let at = 0;
  for (const cluster of new Intl.Segmenter('en').segment(text)) {
    cuts.push([at, at + [...cluster.segment].length]);
    at = cuts.at(-1)[1];
  }
  const box = (where) => {
    const [from, to] = cuts.find(([a, b]) => a <= where && where < b);
    const first = points[from], last = points[to - 1];
    first[0].parentElement.scrollIntoView({block: 'center'});
    const range = document.createRange();
    range.setStart(first[0], first[1]);
    range.setEnd(last[0], last[1] + last[2].length);
    const rect = [...range.getClientRects()].pop();
    const rtl = /[\\p{Script=Hebrew}\\p{Script=Arabic}]/u.test(first[2]);
    return {left: rect.left + 0.6, right: rect.right - 0.6, y: (rect.top + rect.bottom) / 2, rtl};
  };
  box(start);
  const b = box(end - 1), a = box(start);
  return {from: [a.rtl ? a.right : a.left, a.y], to: [b.rtl ? b.left : b.right, b.y]};
}"""
