// What htmx does not do by itself: when to look for news, telling of them, what was typed and not sent, the keyboard.

import { answering, onSent } from "./answer.js";
import { forgetDrafts, forgetEnded, forgetStrangers, keepOthers, showUnsent } from "./drafts.js";
import { part } from "./part.js";
import { beep, soundSwitch } from "./sound.js";

const THREAD_MS = 900;
const LISTENING_MS = 4000;
const SIDE_MS = 3000;
const MOST_WAIT_MS = 30000;
const TITLE = document.title;

// Looking for news: later and later while the server does not answer ----------------------------------------

class Lookout {
  constructor(element, every) {
    this.element = element;
    this.every = every;
    this.failures = 0;
    element.addEventListener("htmx:afterRequest", (event) => this.onAnswer(event));
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    const wait = Math.min(this.every * 2 ** this.failures, MOST_WAIT_MS);
    this.timer = setTimeout(() => this.look(), wait);
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
    htmx.trigger(this.element, "htmx:abort");
  }

  look() {
    if (this.stopped) return;
    if (document.visibilityState === "visible") htmx.trigger(this.element, "mac-look");
    this.later();
  }

  onAnswer(event) {
    if (event.target !== this.element || this.stopped) return;
    this.failures = event.detail.successful ? 0 : this.failures + 1;
    part("lost").textContent = this.failures ? "Sin conexión con el servidor. Se vuelve a intentar solo." : "";
    if (this.failures < 2) this.later();
  }
}

function lookOut() {
  const side = document.getElementById("side");
  const poll = part("poll");
  const live = part("live");
  const lookouts = [
    side && new Lookout(side, SIDE_MS), poll && new Lookout(poll, THREAD_MS), live && new Lookout(live, SIDE_MS),
  ].filter(Boolean);
  const lookNow = () => lookouts.forEach((lookout) => lookout.look());
  document.addEventListener("submit", (event) => stopLooking(event, lookouts));
  listen(poll, lookouts.find((lookout) => lookout.element === poll));
  document.addEventListener("visibilitychange", lookNow);
  window.addEventListener("online", lookNow);
  document.body.addEventListener("mac-sent", () => {
    onSent();
    lookNow();
  });
  document.body.addEventListener("htmx:configRequest", (event) => addPlace(event, poll));
}

// A form takes the page elsewhere: a look that came back meanwhile and said "load again" would keep it here.
function stopLooking(event, lookouts) {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  lookouts.forEach((lookout) => lookout.stop());
}

// The server says when there is something to look at; while it does, looking without a reason is rarer.
function listen(poll, lookout) {
  if (!poll || !window.EventSource) return;
  const events = new EventSource(`${poll.dataset.events}?after=${lastSeq()}`);
  events.addEventListener("open", () => { lookout.every = LISTENING_MS; });
  events.addEventListener("error", () => { lookout.every = THREAD_MS; lookout.later(); });
  for (const name of ["message", "state", "typing", "read"]) events.addEventListener(name, () => lookout.look());
  events.addEventListener("gone", () => { events.close(); lookout.every = THREAD_MS; lookout.look(); });
  window.addEventListener("pagehide", () => events.close());
}

// Where the page stands; the server answers with what came after it, or tells it to load again.
function addPlace(event, poll) {
  if (event.target !== poll) return;
  event.detail.parameters.after = lastSeq();
  event.detail.parameters.epoch = poll.dataset.epoch;
}

const lastSeq = () => document.querySelector("#lines > li:last-child")?.dataset.seq || "0";

// Two looks at once may bring the same line twice; the first stays.
function dropRepeated() {
  const seen = new Set();
  document.querySelectorAll("#lines > li").forEach((line) => {
    if (seen.has(line.dataset.seq)) line.remove();
    seen.add(line.dataset.seq);
  });
}

function beat() {
  const element = document.querySelector("[data-heartbeat]");
  if (!element) return;
  const side = document.getElementById("side");
  new Worker(element.dataset.heartbeat).onmessage = ({ data }) => {
    if (data === "beat") htmx.trigger(element, "mac-beat");
    else if (document.visibilityState === "hidden" && side) htmx.trigger(side, "mac-look");
  };
}

// The end of the thread stays in sight, unless the agent is reading further up.
function keepEnd() {
  const thread = part("thread");
  if (!thread) return;
  const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
  let atEnd = true;
  thread.addEventListener("scroll", () => {
    atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
  });
  new MutationObserver(() => {
    dropRepeated();
    if (atEnd) toEnd();
  }).observe(thread, { childList: true, subtree: true });
  // What is said above the thread takes room from it.
  new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(thread);
  toEnd();
}

// Who writes, who else looks, whether the last answer was read.
function onSigns(event) {
  const { typing, looking, read } = event.detail;
  const answers = document.querySelectorAll("#lines > li.agent");
  const last = answers[answers.length - 1];
  const said = [
    typing && "La persona está escribiendo…",
    last && Number(last.dataset.seq) <= read && "Leyó tu última respuesta",
    looking?.length && `También mira: ${looking.join(", ")}`,
  ];
  const text = said.filter(Boolean).join(" · ");
  const signs = part("signs");
  if (signs && signs.textContent !== text) signs.textContent = text;
}

// How many wait, are in hands and are to be called, wherever this page says so.
function onCounts({ detail }) {
  document.querySelectorAll("[data-count]").forEach((shown) => {
    const now = String(detail[shown.dataset.count] ?? shown.textContent);
    if (shown.textContent !== now) shown.textContent = now;
  });
}

// Telling of news: the title of the tab, and a sound for who wants it ----------------------------------------

const told = { waits: null, unread: null, alarmed: 0, hours: "" };

function tellNews() {
  const waits = new Set([...document.querySelectorAll("[data-waits]:not([data-kept])")].map((row) => row.dataset.waits));
  const held = [...document.querySelectorAll("[data-held]")];
  const unread = new Map(held.map((row) => [row.dataset.held, Number(row.dataset.unread)]));
  const alarmed = Number(part("alarm")?.dataset.alarmed || 0);
  countInTitle(waits.size, held.filter((row) => "awaits" in row.dataset).length);
  const fresh = told.waits && [...waits].some((id) => !told.waits.has(id));
  const more = told.unread && [...unread].some(([id, count]) => count > (told.unread.get(id) ?? 0));
  if (alarmed > told.alarmed && told.waits) beep(3);
  else if (fresh) beep(2);
  else if (more) beep(1);
  const hours = wordsOf("closed", "holiday");
  if (told.waits) announce(alarmed, hours);
  Object.assign(told, { waits, unread, alarmed, hours });
}

const wordsOf = (...names) => names.map((name) => part(name)?.textContent.trim()).filter(Boolean).join(" ");

// The lists are drawn anew every few seconds. What has to be heard is said once, in a place that stays.
function announce(alarmed, hours) {
  if (alarmed > told.alarmed) part("alarm-said").textContent = wordsOf("alarm").replace(/\s+/g, " ");
  else if (!alarmed) part("alarm-said").textContent = "";
  if (hours !== told.hours) part("hours-said").textContent = hours;
}

function countInTitle(waiting, awaiting) {
  const said = [awaiting && `${awaiting} sin responder`, waiting && `${waiting} en cola`].filter(Boolean).join(", ");
  document.title = said ? `(${said}) ${TITLE}` : TITLE;
}

// Answering ------------------------------------------------------------------------------------------------

function insert(button) {
  const text = part("answer")?.elements.text;
  if (!text) return;
  const before = text.value.trimEnd();
  text.value = before ? `${before}\n\n${button.dataset.insert}` : button.dataset.insert;
  text.dispatchEvent(new Event("input"));
  closePops();
  text.focus();
  text.scrollTop = text.scrollHeight;
}

// A ficha brings its replies along; a page on which nobody answers has no place for them.
function takeReplies(event) {
  const fresh = event.target.id === "ficha" && part("fresh-replies");
  if (fresh) document.getElementById("replies-list")?.replaceChildren(fresh.content);
}

// The ficha an agent looked up is what the attention ends up being about, until the agent says otherwise.
function followFicha(event) {
  if (event.target.id !== "ficha") return;
  const name = event.target.querySelector("[data-ficha-name]")?.dataset.fichaName;
  for (const id of ["call-ficha", "close-ficha"]) {
    const box = document.getElementById(id);
    if (!box || !name || box.dataset.typed || box.value === name) continue;
    box.value = name;
    if (id === "close-ficha") followTramite();
  }
}

// Another trámite is of another entity: the one of the trámite before does not stay, unless the agent chose it.
function followTramite() {
  const entity = document.getElementById("close-entidad");
  if (entity && !entity.dataset.typed) entity.value = "";
}

// The keyboard ---------------------------------------------------------------------------------------------

const KEYS = {
  n: () => document.querySelector("[data-part=queue] button")?.focus(),
  r: () => part("answer")?.elements.text.focus(),
  b: () => document.getElementById("ficha-q")?.focus(),
  o: () => document.getElementById("note-text")?.focus(),
  i: () => insertOpen(),
  t: () => open(part("leaving"), "input[name=solved]"),
  a: () => open(part("replies"), "button"),
  l: () => open(part("call"), "#call-ficha"),
};

function insertOpen() {
  const here = document.activeElement?.closest("#ficha details[open]");
  const card = here || document.querySelector("#ficha .card[open]:has([data-insert])");
  if (card) insert(card.querySelector("[data-insert]"));
}

function open(pop, focus) {
  if (!pop) return;
  closePops(pop);
  pop.open = true;
  pop.querySelector(focus)?.focus();
}

function closePops(but) {
  document.querySelectorAll("details.pop[open]").forEach((pop) => { if (pop !== but) pop.open = false; });
}

function onEscape() {
  if (!document.querySelector("details.pop[open]")) return;
  closePops();
  part("answer")?.elements.text.focus();
}

function onKey(event) {
  if (event.key === "Escape") { onEscape(); return; }
  if (event.key === "Enter" && event.ctrlKey) {
    event.target.closest?.("[data-part=answer]")?.requestSubmit();
    return;
  }
  if (event.key === "?" && !event.target.closest?.("input, textarea, select")) {
    event.preventDefault();
    part("help")?.showModal();
    return;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const nth = Number(key);
  const act = nth ? () => openNth(nth) : KEYS[key] || insertByKey(key);
  if (!act) return;
  event.preventDefault();
  act();
}

// The letters of the aspects; one that the ficha does not know has no button.
const ASPECTS = "qcpdh";

function insertByKey(key) {
  const button = [...document.querySelectorAll("[data-key]")].find((found) => found.dataset.key === key);
  if (button) return () => insert(button);
  const problem = ASPECTS.includes(key) && part("problem");
  return problem && (() => { problem.textContent = "La ficha no tiene ese dato: no se sabe aquí."; });
}

function openNth(nth) {
  document.querySelector(`[data-part=mine] [data-number="${nth}"] a`)?.click();
}

// What opens over the page: one at a time, closed by a click beside it; names of fichas are fetched when first needed.
function pops() {
  document.querySelectorAll("details.pop").forEach((pop) => pop.addEventListener("toggle", () => {
    if (!pop.open) return;
    closePops(pop);
    htmx.trigger("#ficha-names", "mac-names");
    if (pop.dataset.part === "leaving") htmx.trigger(part("pass-to"), "mac-open");
  }));
  // An answer that comes late does not change whom the agent is choosing.
  part("pass-to")?.addEventListener("htmx:beforeSwap", (event) => {
    if (event.currentTarget.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
  document.querySelectorAll("[list=ficha-names]").forEach((box) => {
    box.addEventListener("focus", () => htmx.trigger("#ficha-names", "mac-names"));
  });
  document.querySelectorAll("#call-ficha, #close-ficha, #close-entidad").forEach((box) => {
    box.addEventListener("input", () => { box.dataset.typed = "1"; });
  });
  document.getElementById("close-ficha")?.addEventListener("input", followTramite);
  const help = part("open-help");
  if (!help) return;
  help.hidden = false;
  help.addEventListener("click", () => part("help").showModal());
}

function onClick(event) {
  const button = event.target.closest?.("[data-insert]");
  if (button) insert(button);
  else if (!event.target.closest?.("details.pop")) closePops();
}

lookOut();
beat();
keepEnd();
forgetStrangers();
answering();
keepOthers();
forgetEnded();
showUnsent();
soundSwitch();
pops();
tellNews();
document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
document.body.addEventListener("mac-signs", onSigns);
document.body.addEventListener("htmx:afterSwap", followFicha);
document.body.addEventListener("htmx:afterSwap", takeReplies);
document.body.addEventListener("mac-counts", onCounts);
document.querySelectorAll("[data-part=leave]").forEach((form) => form.addEventListener("submit", forgetDrafts));
document.getElementById("side")?.addEventListener("htmx:afterSettle", tellNews);
