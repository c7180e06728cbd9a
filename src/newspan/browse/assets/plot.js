// The figures of a question on one axis: points, ranges and open ends.

/** Least and most a claim allows, infinite where it is open; a vague one has its order. */
function boundsOfClaim(claim) {
  if (claim.modifier === "vague") return [claim.magnitude ?? NaN, claim.magnitude ?? NaN];
  return [claim.low ?? (claim.modifier === "approximate" ? claim.value : -Infinity),
    claim.high ?? (claim.modifier === "approximate" ? claim.value : Infinity)];
}

/** A scale over all finite bounds; logarithmic where the figures lie far apart. */
function scaleOf(claims) {
  const ends = claims.flatMap(boundsOfClaim).filter(Number.isFinite);
  if (!ends.length) return null;
  const low = Math.min(...ends), high = Math.max(...ends);
  const bent = low >= 0 && high > 100 * Math.max(1, ...ends.filter((v) => v < high / 4 && v > 0).slice(0, 1), low);
  const f = bent ? (v) => Math.log1p(v) : (v) => v;
  const margin = f(high) === f(low) ? Math.max(1, Math.abs(f(high)) * 0.3) : (f(high) - f(low)) * 0.12;
  const from = f(low) - margin, to = f(high) + margin;
  return { at: (value) => Math.min(100, Math.max(0, ((f(value) - from) / (to - from)) * 100)), low, high };
}

const short = (value) => value.toLocaleString("en", { notation: Math.abs(value) >= 1e5 ? "compact" : "standard", maximumFractionDigits: 2 });

function axis(scale) {
  if (!scale) return null;
  const ends = scale.low === scale.high ? [scale.low] : [scale.low, scale.high];
  return h("span", { class: "axis" }, ends.map((value) => h("span", { style: { left: `${scale.at(value)}%` } }, short(value))));
}

function plot(claim, scale) {
  if (!scale) return null;
  const [low, high] = boundsOfClaim(claim);
  const frame = h("span", { class: `plot-line ${standing(claim)}`, "aria-hidden": "true" });
  const at = (value) => (value === -Infinity ? 0 : value === Infinity ? 100 : scale.at(value));
  if (Number.isNaN(low)) return frame;
  if (low === high) {
    frame.append(h("span", { class: `dot ${claim.modifier}`, style: { left: `${at(low)}%` } }));
    return frame;
  }
  frame.append(h("span", {
    class: `bar ${low === -Infinity ? "open-left" : ""} ${high === Infinity ? "open-right" : ""}`,
    style: { left: `${at(low)}%`, width: `${at(high) - at(low)}%` },
  }));
  for (const [value, excluded] of [[low, claim.modifier === "more_than"], [high, claim.modifier === "less_than"]]) {
    if (Number.isFinite(value)) frame.append(h("span", { class: `dot ${excluded ? "excluded" : ""}`, style: { left: `${at(value)}%` } }));
  }
  return frame;
}
