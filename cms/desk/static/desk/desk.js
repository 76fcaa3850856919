// What htmx does not do by itself: when to look for news, what was typed and not sent, and the keyboard.

const THREAD_MS = 2000;
const SIDE_MS = 5000;
const MOST_WAIT_MS = 30000;
const TITLE = document.title;
const DRAFT = "mac-draft:";

const part = (name) => document.querySelector(`[data-part=${name}]`);

// Looking for news: not while hidden, later and later while the server does not answer ---------------------

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

  look() {
    if (document.visibilityState === "visible") htmx.trigger(this.element, "mac-look");
    this.later();
  }

  onAnswer(event) {
    if (event.target !== this.element) return;
    this.failures = event.detail.successful ? 0 : this.failures + 1;
    part("lost").textContent = this.failures ? "Sin conexión con el servidor. Se vuelve a intentar solo." : "";
    if (this.failures < 2) this.later();
  }
}

function lookOut() {
  const side = document.getElementById("side");
  const poll = part("poll");
  const lookouts = [side && new Lookout(side, SIDE_MS), poll && new Lookout(poll, THREAD_MS)].filter(Boolean);
  document.addEventListener("visibilitychange", () => lookouts.forEach((lookout) => lookout.look()));
  document.body.addEventListener("mac-sent", () => {
    onSent();
    lookouts.forEach((lookout) => lookout.look());
  });
  document.body.addEventListener("htmx:configRequest", (event) => addPlace(event, poll));
}

// Where the page stands; the server answers with what came after it, or tells it to load again.
function addPlace(event, poll) {
  if (event.target !== poll) return;
  const last = document.querySelector("#lines > li:last-child");
  event.detail.parameters.after = last ? last.dataset.seq : "0";
  event.detail.parameters.epoch = poll.dataset.epoch;
}

function beat() {
  const element = document.querySelector("[data-heartbeat]");
  if (!element) return;
  new Worker(element.dataset.heartbeat).onmessage = () => htmx.trigger(element, "mac-beat");
}

// The tab says how many wait for an answer.
function countInTitle() {
  const awaiting = part("mine")?.dataset.awaiting.length || 0;
  document.title = awaiting ? `(${awaiting}) ${TITLE}` : TITLE;
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
  new MutationObserver(() => atEnd && toEnd()).observe(thread, { childList: true, subtree: true });
  toEnd();
}

// Answering ------------------------------------------------------------------------------------------------

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function answering() {
  const form = part("answer");
  if (!form) return;
  const { text, client_id: clientId } = form.elements;
  const key = DRAFT + form.dataset.draft;
  clientId.value = newId();
  if (!text.value.trim()) text.value = localStorage.getItem(key) || "";
  text.addEventListener("input", () => {
    keepDraft(key, text.value);
    htmx.trigger(part("typing"), "mac-typing");
  });
  form.addEventListener("htmx:beforeRequest", () => { part("problem").textContent = ""; });
  form.addEventListener("htmx:responseError", (event) => { part("problem").textContent = event.detail.xhr.responseText; });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(name, () => {
      // The same client_id goes with the next try: if this one did arrive, it stays one message.
      part("problem").textContent = "No se pudo enviar: no hay conexión. Tu texto sigue aquí; vuelve a enviarlo.";
    });
  }
}

function keepDraft(key, value) {
  if (value) localStorage.setItem(key, value);
  else localStorage.removeItem(key);
}

function onSent() {
  const form = part("answer");
  form.elements.text.value = "";
  form.elements.client_id.value = newId();
  localStorage.removeItem(DRAFT + form.dataset.draft);
  form.elements.text.focus();
}

function insert(button) {
  const text = part("answer")?.elements.text;
  if (!text) return;
  const before = text.value.trimEnd();
  text.value = before ? `${before}\n\n${button.dataset.insert}` : button.dataset.insert;
  text.dispatchEvent(new Event("input"));
  text.focus();
  text.scrollTop = text.scrollHeight;
}

// Leaving takes what was typed about citizens along: the next to sit here does not find it.
function forgetDrafts() {
  Object.keys(localStorage).filter((key) => key.startsWith(DRAFT)).forEach((key) => localStorage.removeItem(key));
}

// The keyboard ---------------------------------------------------------------------------------------------

const KEYS = {
  n: () => document.querySelector("[data-part=queue] button")?.focus(),
  r: () => part("answer")?.elements.text.focus(),
  b: () => document.getElementById("ficha-q")?.focus(),
  i: () => insertOpen(),
  t: () => openLeaving(),
};

function insertOpen() {
  const here = document.activeElement?.closest("#ficha details[open]");
  const card = here || document.querySelector("#ficha details[open]");
  if (card) insert(card.querySelector("[data-insert]"));
}

function openLeaving() {
  const leaving = part("leaving");
  if (!leaving) return;
  leaving.open = true;
  leaving.querySelector("input[name=solved]").focus();
}

function onKey(event) {
  if (event.key === "Enter" && event.ctrlKey) {
    event.target.closest?.("[data-part=answer]")?.requestSubmit();
    return;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const nth = Number(event.key);
  const act = nth ? () => openNth(nth) : KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}

function openNth(nth) {
  document.querySelectorAll("[data-part=mine] a")[nth - 1]?.click();
}

lookOut();
beat();
keepEnd();
answering();
countInTitle();
document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  if (button) insert(button);
});
part("leave")?.addEventListener("submit", forgetDrafts);
document.getElementById("side")?.addEventListener("htmx:afterSettle", countInTitle);
