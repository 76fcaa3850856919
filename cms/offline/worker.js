// Keeps what was read for when there is no line: pages, the centres, the number to call. With a line, what is shown
// always comes from the server; a kept page says since when it is kept, and what was just heard can be heard again. It never touches the chat, the desk or the
// editors' screens, and keeps nothing that the server does not call public. RELEASE is written before these lines.

const PAGES = "mac-pages-1";
const FILES = `mac-files-${RELEASE.version}`;
const SOUNDS = "mac-sounds-1";
const LANGUAGE = "mac-language-1";
const MOST_PAGES = 60;
const MOST_FILES = 60;
// A recording and the times of its sentences are two: the last eight are kept, none larger than six minutes.
const MOST_SOUNDS = 16;
const LARGEST_SOUND = 1_500_000;
// So long the server is waited for when there is a kept page to show instead.
const PATIENCE_MS = 8000;
const HAS_LANGUAGE = /^\/(es|qu)\//;
const OURS = /^\/(?:(?:es|qu)\/|$)/;
const NEVER_KEPT = /^\/(?:es|qu)\/(?:chat|escuchar|escuchar-sede|voz|buscar|sin-linea|guardado)\//;
// What fichas and our own sentences say. How a place stands now, and the chat, are never heard from the store.
const KEPT_SOUND = /^\/(?:es|qu)\/(?:escuchar|voz)\/.*\.(?:mp3|json)$|^\/voz\/.*\.mp3$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const KEPT_AT = "x-mac-kept-at";
const TITLE = "x-mac-title";
// What is true for a minute, as a page marks it: whether a place is open, and until when.
const ONLY_NOW = /<only-now>.*?<\/only-now>/gs;
// A notice of the page, with the moment it ends, and what is left where all of them ended.
const ALERT = /<(div|details) class="alert [^>]*data-until="([^"]+)"[^>]*>.*?<\/\1>\s*/gs;
const NO_ALERTS = /<section class="alerts[^"]*"[^>]*>\s*<\/section>/gs;
// The centres nobody opens are fetched anew when what is kept of them is so old.
const DAY_MS = 24 * 60 * 60 * 1000;

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && OURS.test(url.pathname)) event.respondWith(page(event, url));
  else if (KEPT_SOUND.test(url.pathname)) event.respondWith(sound(event, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event, url));
});

// A page tells which page it is: the first one was read before anybody was there to keep it.
self.addEventListener("message", (event) => {
  const { read, locale } = event.data || {};
  if (typeof read !== "string" || !RELEASE.centres[locale]) return;
  const url = new URL(read, location.origin);
  event.waitUntil(Promise.all([rememberLanguage(url), refresh(read), keepForOffline(locale)]));
});

async function install() {
  await Promise.all(RELEASE.static.map(keepFile));
  await self.skipWaiting();
}

async function keepFile(address) {
  const files = await caches.open(FILES);
  const response = await fetch(address, { cache: "no-cache" });
  if (response.ok) await files.put(address, response);
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("mac-") && ![PAGES, FILES, SOUNDS, LANGUAGE].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Pages --------------------------------------------------------------------------------------------------------

async function page(event, url) {
  event.waitUntil(rememberLanguage(url));
  const kept = neverKept(url) ? undefined : await match(PAGES, url);
  try {
    const fresh = fetch(event.request).then((response) => {
      event.waitUntil(Promise.all([keep(url, response.clone()), goOnIn(url)]));
      return response;
    });
    const response = await (kept ? inTime(fresh) : fresh);
    return kept && response.status >= 500 ? aged(kept, url) : response;
  } catch {
    return withoutLine(kept, url);
  }
}

// At the address that has no language, the home page of the one last read is what was looked for.
async function withoutLine(kept, url) {
  const language = HAS_LANGUAGE.test(url.pathname) ? "" : await rememberedLanguage();
  if (!language) return kept ? aged(kept, url) : nothing(url);
  const home = new URL(`/${language}/`, url);
  const read = await match(PAGES, home);
  return read ? aged(read, home) : nothing(home);
}

async function rememberLanguage(url) {
  const language = HAS_LANGUAGE.exec(url.pathname)?.[1];
  if (!language || language === (await rememberedLanguage())) return;
  const cache = await caches.open(LANGUAGE);
  await cache.put("/idioma", new Response(language));
}

async function rememberedLanguage() {
  const cache = await caches.open(LANGUAGE);
  const kept = await cache.match("/idioma");
  return kept ? kept.text() : "";
}

function inTime(promise) {
  // What comes late is still kept; nobody waits for its failure.
  promise.catch(() => {});
  const late = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("late")), PATIENCE_MS);
  });
  return Promise.race([promise, late]);
}

// Whoever goes on in the other language has the centres in that one too.
async function goOnIn(url) {
  if (HAS_LANGUAGE.test(url.pathname)) await keepForOffline(locale(url));
}

// In the language that is read, and not in both: somebody pays for each of them.
async function keepForOffline(language) {
  const files = await caches.open(FILES);
  try {
    if (!(await files.match(RELEASE.offline[language]))) await keepFile(RELEASE.offline[language]);
  } catch {
    // There is no line now; it is asked for with the next page.
  }
  await refresh(RELEASE.centres[language], { olderThan: DAY_MS });
}

async function refresh(address, { olderThan = 0 } = {}) {
  const url = new URL(address, location.origin);
  if (url.origin !== location.origin || !OURS.test(url.pathname) || neverKept(url)) return;
  const kept = olderThan && (await match(PAGES, url));
  if (kept && Date.now() - Date.parse(kept.headers.get(KEPT_AT)) < olderThan) return;
  try {
    await keep(url, await fetch(url));
  } catch {
    // There is no line now; it will be read again.
  }
}

async function keep(url, response) {
  if (neverKept(url) || response.type !== "basic") return;
  const pages = await caches.open(PAGES);
  if (response.status === 404 || response.status === 410) await pages.delete(name(url));
  if (!response.ok || response.redirected || !isPublicPage(response)) return;
  const html = await response.text();
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1].trim() || "";
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, new Date().toISOString());
  headers.set(TITLE, encodeURIComponent(title));
  for (const gone of ["content-encoding", "content-length", "etag"]) headers.delete(gone);
  // Put in anew, so that the last read is the last to go.
  await pages.delete(name(url));
  await pages.put(name(url), new Response(html, { headers }));
  await trim(pages, MOST_PAGES);
}

// A question somebody typed is nobody else's who holds this telephone later.
function neverKept(url) {
  return NEVER_KEPT.test(url.pathname) || url.searchParams.has("q");
}

function isPublicPage({ headers }) {
  const cache = headers.get("cache-control") || "";
  const html = (headers.get("content-type") || "").startsWith("text/html");
  return html && /\bpublic\b/.test(cache) && !/no-store|private/.test(cache);
}

// A link that chooses a language leads to the page without that word in its address.
function name(url) {
  return url.origin + url.pathname + url.search.replace(/[?&]idioma=(es|qu)$/, "");
}

async function match(cacheName, url) {
  const cache = await caches.open(cacheName);
  return cache.match(name(url));
}

// The kept page, with its age said before everything else, without what was true for a minute and what ended since.
async function aged(kept, url) {
  const html = await kept.text();
  const when = new Intl.DateTimeFormat("es-PE", {
    timeZone: "America/Lima", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(kept.headers.get(KEPT_AT)));
  const said = RELEASE.aged[locale(url)].replace("{cuando}", when);
  const notice = `<p class="notice doubt kept" role="status">${said}</p>`;
  const body = withoutEnded(html.replace(ONLY_NOW, "")).replace(/<main[^>]*>/, (main) => `${main}${notice}`);
  const headers = new Headers(kept.headers);
  headers.set("cache-control", "no-store");
  return new Response(body, { headers });
}

function withoutEnded(html) {
  const left = html.replace(ALERT, (alert, _element, until) => (Date.parse(until) <= Date.now() ? "" : alert));
  return left.replace(NO_ALERTS, "");
}

async function nothing(url) {
  const files = await caches.open(FILES);
  const own = await files.match(RELEASE.offline[locale(url)]);
  if (own) return own;
  const others = await Promise.all(Object.values(RELEASE.offline).map((address) => files.match(address)));
  return others.find(Boolean) || Response.error();
}

function locale(url) {
  return url.pathname.startsWith("/qu/") ? "qu" : "es";
}

// Recordings -----------------------------------------------------------------------------------------------------

// With a line always asked for, so that what changed or was withdrawn is not heard. A player asks for ranges: the
// first one is the whole, which is kept when all of it was fetched; a later one goes to the server, or is cut from what is kept.
async function sound(event, url) {
  const range = event.request.headers.get("range");
  try {
    if (range && range !== "bytes=0-") return await fetch(event.request);
    const response = await fetch(url.href, { signal: event.request.signal });
    const size = Number(response.headers.get("content-length"));
    if (response.status === 404 || response.status === 410) event.waitUntil(forgetSound(url));
    if (!response.ok) return response;
    if (url.pathname.endsWith(".json")) event.waitUntil(keepSound(url, response.clone()));
    if (!size || size > LARGEST_SOUND || !response.body) return response;
    const { body, settled } = whenWhole(response, (heard) => keepSound(url, heard));
    event.waitUntil(settled);
    return range ? part(response, body, 0, size - 1, size) : new Response(body, response);
  } catch {
    const kept = await match(SOUNDS, url);
    return kept ? cut(kept, range) : Response.error();
  }
}

// Passes on what the player takes, and no more: whoever stops listening pays for nothing that comes after. Only what came
// to its end is kept.
function whenWhole(response, keep) {
  const reader = response.body.getReader();
  const heard = [];
  let end;
  const settled = new Promise((resolve) => {
    end = resolve;
  });
  const body = new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (!done) {
          heard.push(value);
          controller.enqueue(value);
          return;
        }
        controller.close();
        await keep(new Response(new Blob(heard), { headers: response.headers }));
      } catch (error) {
        controller.error(error);
      }
      end();
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
  return { body, settled };
}

async function keepSound(url, response) {
  const data = await response.arrayBuffer();
  const sounds = await caches.open(SOUNDS);
  const headers = { "content-type": response.headers.get("content-type"), "cache-control": "no-store" };
  // Put in anew, so that the last heard is the last to go.
  await sounds.delete(name(url));
  await sounds.put(name(url), new Response(data, { headers }));
  await trim(sounds, MOST_SOUNDS);
}

async function forgetSound(url) {
  const sounds = await caches.open(SOUNDS);
  await sounds.delete(name(url));
}

async function cut(kept, range) {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range || "");
  if (!asked) return kept;
  const data = await kept.arrayBuffer();
  const first = Number(asked[1]);
  const last = Math.min(asked[2] ? Number(asked[2]) : Infinity, data.byteLength - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${data.byteLength}` } });
  return part(kept, data.slice(first, last + 1), first, last, data.byteLength);
}

function part({ headers }, body, first, last, size) {
  return new Response(body, {
    status: 206,
    headers: {
      "content-type": headers.get("content-type"),
      "content-length": String(last - first + 1),
      "content-range": `bytes ${first}-${last}/${size}`,
      "accept-ranges": "bytes",
    },
  });
}

// Style sheets, scripts and pictures ------------------------------------------------------------------------------

async function file(event, url) {
  const files = await caches.open(FILES);
  const kept = await files.match(url.href);
  if (kept && HASHED.test(url.pathname)) return kept;
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(files.put(url.href, response.clone()).then(() => trim(files, MOST_FILES)));
    return response;
  } catch {
    return kept || Response.error();
  }
}

// The oldest go; the offline pages were put in first and are put back at each release.
async function trim(cache, most) {
  const keys = await cache.keys();
  const pinned = new Set(Object.values(RELEASE.offline));
  const free = keys.filter((request) => !pinned.has(new URL(request.url).pathname));
  await Promise.all(free.slice(0, Math.max(free.length - most, 0)).map((request) => cache.delete(request)));
}
