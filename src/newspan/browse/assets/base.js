// Making elements, and showing text of others safely. Text only ever becomes a text node.

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; a child is a node, a string, an array, or nothing. */
function h(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [p, v] of Object.entries(value)) made.style.setProperty(p, v);
    else made.setAttribute(key, value === true ? "" : value);
  }
  put(made, children);
  return made;
}

function put(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    parent.append(child instanceof Node ? child : printable(String(child)));
  }
}

function replace(parent, ...children) {
  parent.replaceChildren();
  put(parent, children);
}

// Controls, and the characters that turn the direction of what follows them.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text in which what would be hidden, or would turn the rest round, is spelt out. */
function printable(text) {
  return text.replace(HIDDEN, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** Words of others, kept apart from the direction of the text around them. */
const words = (text) => h("bdi", {}, text);

/** A table of rows under column headings. */
const table = (heads, rows) => h("table", {},
  h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, rows));

const plain = (name) => name.replaceAll("_", " ").replaceAll("-", " ");

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many || `${one}s`}`;

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A time of publication as it is known: to the day or to the minute, in UTC. */
function when(article) {
  const t = new Date(article.published);
  const day = `${t.getUTCDate()} ${MONTHS[t.getUTCMonth()]} ${t.getUTCFullYear()}`;
  const two = (n) => String(n).padStart(2, "0");
  return article.precision === "day" ? day : `${day}, ${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`;
}

const titleOf = (article) => article.title || `${article.id} (stand-off)`;

/** An address within the page. */
const link = (...parts) => "#/" + parts.map(encodeURIComponent).join("/");

/** Tell a screen reader what has changed. */
function say(text) {
  byId("said").textContent = printable(text);
}
