// The data of the page: an overview at hand, texts and annotations unpacked when wanted.

const overview = JSON.parse(byId("overview").textContent);
const articles = overview.articles;
const numberOf = new Map(articles.map((article, number) => [article.id, number]));
const layerNames = overview.layers.map((layer) => layer.layer);

const bodies = new Map();
const arriving = new Map();

// A chunk in a file of its own says its number and gives itself up through this function.
window.newspanChunk = (number, packed) => arriving.get(number)?.(packed);

function packedChunk(number) {
  const inline = byId(`chunk-${number}`);
  if (inline) return Promise.resolve(inline.textContent);
  return new Promise((resolve, reject) => {
    arriving.set(number, resolve);
    const script = document.createElement("script");
    script.src = `${encodeURIComponent(overview.folder)}/${String(number).padStart(5, "0")}.js`;
    script.addEventListener("error", () => reject(new Error(`${script.src} is missing`)));
    document.head.append(script);
  });
}

async function unpack(packed) {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** The bodies of a chunk, with offsets in this language's units. */
function chunk(number) {
  if (!bodies.has(number)) {
    bodies.set(number, packedChunk(number).then(unpack).then((found) => found.map(unfold)));
  }
  return bodies.get(number);
}

const bodyOf = async (number) =>
  (await chunk(Math.floor(number / overview.chunk)))[number % overview.chunk];

/** Code points to UTF-16 units; texts without characters beyond U+FFFF stay as they are. */
function unitsOf(text) {
  if (text === null || !/[\ud800-\udfff]/.test(text)) return (at) => at;
  const units = new Uint32Array(text.length + 2);
  let points = 0;
  for (let at = 0; at < text.length; points++) {
    units[points] = at;
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return (at) => (at <= points ? units[at] : text.length + at - points);
}

function unfold(body) {
  const units = unitsOf(body.text);
  body.units = units;
  for (const version of body.versions) {
    version.spans = version.spans.map(([layer, region, places, own, more], number) => {
      const fragments = [];
      for (let i = 0; i < places.length; i += 2) fragments.push([units(places[i]), units(places[i + 1])]);
      return { number, layer: layerNames[layer], region, places, fragments, own, more };
    });
    version.relations = version.relations.map(([type, head, tail]) => ({
      type: overview.relations[type].type, head, tail,
    }));
  }
  return body;
}

/** The words of a span, its fragments joined; without a text, its place. */
function wordsOf(body, span) {
  if (body.text === null) return `[${span.places.join(", ")}]`;
  return span.fragments.map(([start, end]) => body.text.slice(start, end)).join(" … ");
}

const entityName = (key) => overview.entities[key]?.[0] ?? key;
