// Lists the pages kept on this telephone, the last read first, says how much room all of it takes, and deletes it.
// The list is hidden where there is none.

const PAGES = "mac-pages-1";
const SOUNDS = "mac-sounds-1";
const list = document.querySelector("[data-kept]");
const section = list?.closest("section");

async function show() {
  list.replaceChildren();
  const locale = document.documentElement.lang;
  const pages = await caches.open(PAGES);
  for (const request of (await pages.keys()).reverse()) {
    const url = new URL(request.url);
    const response = await pages.match(request);
    const title = decodeURIComponent(response.headers.get("x-mac-title") || "");
    if (url.pathname.startsWith(`/${locale}/`) && title) list.append(item(url, title));
  }
  const bytes = (await size(PAGES)) + (await size(SOUNDS));
  section.querySelector("[data-size]").textContent = section.dataset.textSize
    .replace("{mb}", (bytes / 1e6).toFixed(1))
    .replace("{n}", (await recordings()).length);
  section.hidden = bytes === 0 && ticks().length === 0;
}

// What was ticked in lists (needs.js) tells which tramites somebody was preparing.
function ticks() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith("mac:requisitos:"));
  } catch {
    return []; // the telephone keeps nothing
  }
}

async function size(name) {
  const cache = await caches.open(name);
  const sizes = await Promise.all((await cache.matchAll()).map(async (response) => (await response.blob()).size));
  return sizes.reduce((sum, one) => sum + one, 0);
}

async function recordings() {
  const cache = await caches.open(SOUNDS);
  return (await cache.keys()).filter((request) => new URL(request.url).pathname.endsWith(".mp3"));
}

async function erase() {
  for (const key of ticks()) localStorage.removeItem(key);
  await Promise.all([PAGES, SOUNDS].map((name) => caches.delete(name)));
  const said = document.querySelector("[data-erased]");
  said.textContent = section.dataset.textErased;
  await show();
  said.focus();
}

function item(url, title) {
  const link = document.createElement("a");
  link.className = "tap";
  link.href = url.pathname + url.search;
  // Written as HTML in the page's title: read as such, never run.
  link.textContent = new DOMParser().parseFromString(title, "text/html").documentElement.textContent.replace(/ · MAC$/, "");
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

if (list && "caches" in globalThis) {
  section.querySelector("button").addEventListener("click", () => erase().catch(() => {}));
  show().catch(() => {});
}
