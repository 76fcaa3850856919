// The answer an agent writes: kept until it was sent, sent once, and then let go in every tab.

import { DRAFT, draftAt, draftsOf, dropDrafts, keepDraft, newId } from "./drafts.js";
import { part } from "./part.js";

const TAB = "mac-tab";
// Not a draft of any conversation; it goes when all drafts go.
const SENT = `${DRAFT}sent`;

// The text on its way to the server, and the draft of another tab this page began with.
let travelling = null;
// The text that may have gone under the present client_id: other words are another message, and need another one.
let wentAs = null;
let adopted = null;

export function answering() {
  const form = part("answer");
  if (!form) return;
  const { text, client_id: clientId } = form.elements;
  clientId.value = newId();
  if (!text.value.trim()) restore(form);
  // Whoever opens the page in the box goes on at the end of what was typed.
  if (document.activeElement === text) text.setSelectionRange(text.value.length, text.value.length);
  text.addEventListener("input", () => {
    part("problem").textContent = "";
    if (wentAs !== null && text.value !== wentAs) renew(form);
    keepAnswer(form);
    leaveAdopted();
    htmx.trigger(part("typing"), "mac-typing");
  });
  form.addEventListener("htmx:beforeRequest", () => {
    part("problem").textContent = "";
    travelling = wentAs = text.value;
  });
  form.addEventListener("htmx:responseError", (event) => { part("problem").textContent = event.detail.xhr.responseText; });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(name, () => {
      // The same client_id goes with the next try: if this one did arrive, it stays one message.
      part("problem").textContent = "No se pudo enviar: no hay conexión. Tu texto sigue aquí; vuelve a enviarlo.";
    });
  }
  window.addEventListener("storage", ({ key, newValue }) => { if (key === SENT && newValue) onSentElsewhere(newValue); });
}

// Each tab keeps its own words; a tab without any begins with what another, perhaps closed one, left.
function ownKey(form) {
  if (!sessionStorage.getItem(TAB)) sessionStorage.setItem(TAB, newId());
  return `${DRAFT}${form.dataset.draft}:${sessionStorage.getItem(TAB)}`;
}

// A page that was left while its text travelled does not know whether it arrived: the text keeps its client_id.
function restore(form) {
  const own = draftAt(ownKey(form));
  adopted = own ? null : draftsOf(form.dataset.draft)[0];
  const draft = own || adopted;
  if (!draft) return;
  form.elements.text.value = draft.text;
  if (!draft.id) return;
  form.elements.client_id.value = draft.id;
  wentAs = draft.text;
}

function keepAnswer(form) {
  keepDraft(ownKey(form), form.elements.text.value, form.elements.client_id.value);
}

// From here on they are this tab's words. What the other tab typed since stays its own.
function leaveAdopted() {
  if (adopted && draftAt(adopted.key)?.text === adopted.text) localStorage.removeItem(adopted.key);
  adopted = null;
}

// Only what was sent leaves the box: on a slow line the agent may have typed on, or gone elsewhere on the page.
export function onSent() {
  const form = part("answer");
  const sent = travelling;
  const own = ownKey(form);
  leaveAdopted();
  dropDrafts(form.dataset.draft, ({ key, text }) => key === own || text === sent);
  tellOtherTabs({ conversation: form.dataset.draft, sent });
  letGo(form, sent);
  keepAnswer(form);
  const at = document.activeElement;
  if (!at || at === document.body || at.id === "send" || form.contains(at)) form.elements.text.focus();
}

function letGo(form, sent) {
  renew(form);
  if (form.elements.text.value === sent) form.elements.text.value = "";
}

function renew(form) {
  form.elements.client_id.value = newId();
  wentAs = null;
}

// The other tabs hear of the setting; nothing of it stays.
function tellOtherTabs(said) {
  localStorage.setItem(SENT, JSON.stringify(said));
  localStorage.removeItem(SENT);
}

function onSentElsewhere(said) {
  const form = part("answer");
  const { conversation, sent } = JSON.parse(said);
  if (form.dataset.draft === conversation && form.elements.text.value === sent) letGo(form, sent);
}
