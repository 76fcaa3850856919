// What was typed and not sent outlives the page, in this browser only, until it was sent, kept or given up.

import { part } from "./part.js";

const DRAFTS = "mac-draft:";
// Each account's apart: the next who signs in at this browser is not shown what somebody else typed about a citizen.
export const DRAFT = `${DRAFTS}${document.body.dataset.agent || ""}:`;
// A page that is looked at again says again that something was kept, while the next may have been begun.
const ONCE = "mac-kept-once";

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The drafts of a conversation's answer, one of each tab. Each has the client_id it may have travelled under: sent
// again under the same one, it stays one message.
export function draftsOf(conversation) {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT + conversation));
  return keys.map((key) => draftAt(key)).filter(Boolean);
}

export function draftAt(key) {
  const stored = localStorage.getItem(key);
  if (!stored) return null;
  try {
    const { text, id } = JSON.parse(stored);
    if (typeof text === "string") return { key, text, id };
  } catch {
    // Kept by an earlier version of this page, which kept the text alone.
  }
  return { key, text: stored, id: "" };
}

export function keepDraft(key, text, id) {
  keep(key, text && JSON.stringify({ text, id }));
}

export function dropDrafts(conversation, wanted = () => true) {
  draftsOf(conversation).filter(wanted).forEach(({ key }) => localStorage.removeItem(key));
}

function keep(key, value) {
  if (value) localStorage.setItem(key, value);
  else localStorage.removeItem(key);
}

// What the citizen deleted is not kept here either, nor what belonged to a conversation that was closed.
export function forgetEnded() {
  const ended = document.querySelector("[data-forget]")?.dataset.forget;
  if (!ended) return;
  dropDrafts(ended);
  dropBeginningWith(`nota:${ended}:`);
}

// A session that ran out, unlike leaving, took nothing along.
export function forgetStrangers() {
  if (!document.body.dataset.agent) return;
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(DRAFTS) && !key.startsWith(DRAFT));
  keys.forEach((key) => localStorage.removeItem(key));
}

function dropBeginningWith(words, but = null) {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(DRAFT + words) && key !== DRAFT + but);
  keys.forEach((key) => localStorage.removeItem(key));
}

// Where the agent may no longer write: what was not sent is there to be copied.
export function showUnsent() {
  const box = part("unsent");
  const texts = box ? [...new Set(draftsOf(box.dataset.draft).map(({ text }) => text))] : [];
  if (!texts.length) return;
  const words = box.querySelector("textarea");
  words.value = texts.join("\n\n");
  box.hidden = false;
  part("copy-unsent").addEventListener("click", async () => {
    words.select();
    try {
      await navigator.clipboard.writeText(words.value);
      part("unsent-said").textContent = "Copiado.";
    } catch {
      part("unsent-said").textContent = "Está seleccionado: cópialo con Ctrl + C.";
    }
  });
  part("drop-unsent").addEventListener("click", () => {
    dropDrafts(box.dataset.draft);
    box.hidden = true;
  });
}

// Other boxes whose words outlive the page: a line that is lost or a session that is over takes nothing along. They go
// when a page comes back that says they were kept or sent.
export function keepOthers() {
  document.querySelectorAll("input[data-words], textarea[data-words]").forEach((box) => {
    const key = DRAFT + box.dataset.words;
    box.value = localStorage.getItem(key) || box.value;
    box.addEventListener("input", () => keep(key, box.value));
  });
  document.querySelectorAll("[data-words-of]").forEach(({ dataset: { wordsOf, words, wordsOnce } }) => {
    if (wordsOnce && wordsOnce === sessionStorage.getItem(ONCE)) return;
    if (wordsOnce) sessionStorage.setItem(ONCE, wordsOnce);
    dropBeginningWith(wordsOf, words);
  });
}

// Leaving takes what was typed about citizens along: the next to sit here does not find it.
// Where the server will ask first, nothing is forgotten yet.
export function forgetDrafts(event) {
  if (!event.target.elements.sure && document.querySelector("[data-held]")) return;
  dropBeginningWith("");
}
