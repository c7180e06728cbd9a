// Where the reader is: the part of the address after “#” names what is shown.

const VIEWS = {
  "": (rest, parameters) => listView(parameters),
  article: articleView, story: storyView, stories: storiesView, entities: entitiesView, charts: chartsView,
};

let turn = 0;
let searching = false; // whether the reader is on the way to the search field

async function route(event) {
  const mine = ++turn;
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map(decoded);
  const view = Object.hasOwn(VIEWS, name) ? VIEWS[name] : () => missing("There is no such view.");
  let made;
  try {
    made = await view(rest, new URLSearchParams(query));
  } catch (error) {
    made = h("div", {}, h("h1", {}, "This could not be shown"), h("p", {}, error.message));
  }
  if (mine !== turn) return;
  const main = byId("main");
  replace(main, made);
  const heading = main.querySelector("h1")?.textContent;
  document.title = heading && name ? `${heading} – ${overview.title}` : overview.title;
  document.querySelectorAll("header nav a").forEach((a) => {
    const here = a.getAttribute("href") === `#/${name === "story" ? "stories" : name === "article" ? "" : name}`;
    if (here) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
  });
  if (event) {
    if (!rest[1] || name === "story") scrollTo(0, 0);
    (searching ? byId("search") : main)?.focus({ preventScroll: true });
    searching = false;
  }
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function themeSwitch() {
  const button = byId("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (on) => {
    document.documentElement.dataset.theme = on ? "dark" : "light";
    button.setAttribute("aria-pressed", String(on));
  };
  set(dark.matches);
  dark.addEventListener("change", () => set(dark.matches));
  button.addEventListener("click", () => set(document.documentElement.dataset.theme !== "dark"));
}

addEventListener("hashchange", route);
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    searching = !byId("search");
    if (searching) location.hash = "#/";
    else byId("search").focus();
    event.preventDefault();
  }
});
if (!document.querySelector("template.figure")) byId("to-charts").remove();
themeSwitch();
route();
