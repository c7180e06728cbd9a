// Relations drawn as arcs over the text, from the chosen span to those it is joined with.

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Draw `arcs` ({from, to, name}: lists of elements) over `frame`, whose first child is the text. */
function drawArcs(frame, arcs) {
  frame.querySelector(":scope > svg.arcs")?.remove();
  if (!arcs.length) return;
  const box = frame.getBoundingClientRect();
  const canvas = svg("svg", { class: "arcs", width: box.width, height: box.height, "aria-hidden": "true" });
  for (const [number, arc] of arcs.entries()) {
    const from = middle(arc.from, box), to = middle(arc.to, box);
    if (!from || !to) continue;
    const lift = Math.min(60, 14 + Math.abs(from.x - to.x) / 8 + Math.abs(from.y - to.y) / 10) + number * 18;
    const top = Math.min(from.y, to.y) - lift;
    const path = `M${from.x},${from.y} C${from.x},${top} ${to.x},${top} ${to.x},${to.y - 3}`;
    canvas.append(svg("path", { d: path, class: "under" }), svg("path", { d: path }),
      svg("path", { d: `M${to.x - 4},${to.y - 9} L${to.x},${to.y - 2} L${to.x + 4},${to.y - 9}`, class: "tip" }));
    const label = svg("text", { x: (from.x + to.x) / 2, y: Math.max(10, top + lift * 0.32) });
    label.textContent = plain(arc.name);
    canvas.append(label);
  }
  frame.append(canvas);
}

/** The middle of the top of the first line of some elements, within the frame. */
function middle(elements, box) {
  const first = elements[0]?.getClientRects()[0];
  return first && { x: first.left + first.width / 2 - box.left, y: first.top - box.top };
}
