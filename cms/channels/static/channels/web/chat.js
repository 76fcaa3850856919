// The chat, when there is JavaScript. The page is a set of plain forms that work alone; this element sends
// them without leaving the page, and brings what others say. All sentences come from the server, in the
// reader's language: in fragments, or in the data-text-* attributes of the element.

import { Draft } from "./draft.js";
import { Outbox } from "./outbox.js";

const POLL_MS = 3000;
const POLL_MAX_MS = 20000;
const STREAM_FAILURES = 3;
const TYPING_MS = 15000;
// A sign of typing is shown for six seconds; while somebody goes on typing it is renewed a little earlier.
const TYPING_EVERY_MS = 4000;
// A line that is there but carries nothing: the try is given up and made again, which doubles nothing.
const GIVEN_UP_MS = 25000;
const BACK_MS = 5000;
const SAME_PRESS_MS = 700;
const FRAGMENT = { "X-MAC-Chat": "fragment" };

export class CitizenChat extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("[data-part=compose]");
    this.box = this.form.elements.text;
    this.lines = this.querySelector("[data-part=lines]");
    this.waiting = this.querySelector("[data-part=unsent]");
    this.state = this.querySelector("[data-part=state]");
    this.lost = this.querySelector("[data-part=lost]");
    this.problem = this.querySelector("[data-part=problem]");
    this.outbox = new Outbox(`mac-chat:${this.dataset.page}`, (entry) => this.deliver(entry));
    this.draft = new Draft(this.box, () => this.state.dataset);
    this.offerDictation(this.querySelector("[data-part=dictate]"));
    this.failures = 0;
    this.stopped = new AbortController();
    this.listen();
    this.classList.add("live");
    this.dataset.ready = "";
    this.outbox.entries.forEach((entry) => this.showUnsent(entry));
    this.outbox.work();
    this.follow();
    this.querySelector("[data-part=told]")?.focus();
  }

  disconnectedCallback() {
    this.stopped.abort();
    this.outbox.stop();
    this.unfollow();
  }

  listen() {
    const { signal } = this.stopped;
    this.addEventListener("submit", (event) => this.onSubmit(event), { signal });
    this.box.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.box.addEventListener("input", () => this.onInput(), { signal });
    document.addEventListener("visibilitychange", () => this.onVisibility(), { signal });
    window.addEventListener("online", () => this.onOnline(), { signal });
    window.addEventListener("offline", () => this.setLost(true), { signal });
  }

  get last() {
    const line = this.lines.lastElementChild;
    return line ? Number(line.dataset.seq) : 0;
  }

  // Up to where which conversation is shown: of another one the server sends all lines.
  get place() {
    return { after: this.last, conversation: this.state.dataset.conversation };
  }

  // What listens is fetched at the first press: most never dictate, and a line may be slow.
  offerDictation(part) {
    const button = part.querySelector("button");
    const hears = globalThis.SpeechRecognition || globalThis.webkitSpeechRecognition;
    button.hidden = !hears && part.dataset.locale === "es";
    button.addEventListener("click", async () => {
      const { Dictation } = await import("./dictation.js");
      this.dictation ??= new Dictation(part, this.box);
      this.dictation.onClick();
    });
  }

  // Sending ------------------------------------------------------------------------------------------------

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (this.form.requestSubmit) this.form.requestSubmit();
      else this.form.querySelector("[type=submit]").click();
    }
  }

  onInput() {
    this.draft.keep();
    this.tellTyping();
  }

  onSubmit(event) {
    event.preventDefault();
    const form = event.target;
    if (form !== this.form && this.isRepeated(event.submitter)) return;
    const entry = this.outbox.entry(form, event.submitter);
    this.setProblem("");
    if (form === this.form) {
      this.dictation?.stop();
      if (!entry.fields.text.trim()) {
        this.setProblem(this.dataset.textEmpty);
        this.box.focus();
        return;
      }
      this.box.value = "";
      this.draft.drop();
    }
    entry.shown = entry.fields.text || (event.submitter && event.submitter.dataset.said) || "";
    this.showUnsent(entry);
    this.outbox.add(entry);
    this.pressed = { button: event.submitter, at: Date.now(), entry };
  }

  // A finger that taps twice means one choice, however long it takes to be sent.
  isRepeated(button) {
    if (!button || this.pressed?.button !== button) return false;
    return Date.now() - this.pressed.at < SAME_PRESS_MS || this.outbox.entries.includes(this.pressed.entry);
  }

  showUnsent(entry) {
    if (!entry.shown) return;
    const line = document.createElement("li");
    line.className = "line citizen unsent";
    line.id = `unsent-${entry.fields.client_id}`;
    const who = document.createElement("p");
    who.className = "who";
    who.textContent = this.isLost ? this.dataset.textUnsent : this.dataset.textSending;
    const said = document.createElement("p");
    said.textContent = entry.shown;
    line.append(who, said);
    this.waiting.append(line);
    line.scrollIntoView({ block: "nearest" });
  }

  // Resolves once the server has taken or refused the entry; rejects when it may be tried again.
  async deliver(entry) {
    const body = new URLSearchParams({ ...entry.fields, ...this.place });
    const response = await this.request(entry.action, { method: "POST", body });
    if (response.status === 205) {
      if (this.closest("chat-panel")) tell();
      this.startAnew();
      return;
    }
    if (response.status === 429 || response.status >= 500) {
      this.setProblem(response.status === 429 ? await response.text() : "");
      const wait = Number(response.headers.get("Retry-After")) * 1000;
      throw Object.assign(new Error(`status ${response.status}`), { wait });
    }
    this.settle(entry, response.ok);
    if (response.ok) this.apply(await response.text());
    else this.setProblem(await this.reasonOf(response));
  }

  // A refusal of the chat is a sentence. Whatever else answered, sent a page, and a page is no reason to read.
  async reasonOf(response) {
    const isSentence = response.headers.get("Content-Type")?.startsWith("text/plain");
    return isSentence ? response.text() : this.dataset.textRefused;
  }

  // Forgotten on this computer, or deleted: nothing of it stays on the page either. The new page says what was done.
  startAnew() {
    this.outbox.stop();
    this.outbox.clear();
    this.draft.drop();
    this.box.value = "";
    // Else the browser goes back to where this page was scrolled to, past what the new one says first.
    history.scrollRestoration = "manual";
    location.reload();
  }

  settle(entry, accepted) {
    document.getElementById(`unsent-${entry.fields.client_id}`)?.remove();
    // The ficha being read is said once; from then on the conversation may move to another one.
    if (accepted) this.querySelectorAll("input[name=codigo]").forEach((input) => { input.value = ""; });
    if (accepted || !entry.fields.text || this.box.value) return;
    this.box.value = entry.fields.text;
    this.draft.keep();
  }

  async request(address, options = {}) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const headers = { ...FRAGMENT, "X-CSRFToken": token };
    // Not AbortSignal.timeout, which telephones that get no newer browser do not have.
    const patience = new AbortController();
    setTimeout(() => patience.abort(), GIVEN_UP_MS);
    try {
      const { signal } = patience;
      const response = await fetch(address, { ...options, headers, signal, credentials: "same-origin" });
      this.setLost(false);
      return response;
    } catch (error) {
      this.setLost(true);
      throw error;
    }
  }

  // Showing ------------------------------------------------------------------------------------------------

  // `html` has the new lines and the state of the conversation.
  apply(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const state = page.querySelector("[data-part=state]");
    const before = this.state.dataset.conversation;
    if (state && before && state.dataset.conversation !== before) this.leaveLines();
    const fresh = [...page.querySelectorAll("[data-part=lines] > li")].filter(
      (line) => !document.getElementById(line.id),
    );
    this.lines.append(...fresh);
    const first = fresh.find((line) => !line.classList.contains("citizen")) || fresh[0];
    if (first) this.reveal(first);
    if (state) this.setState(state);
    this.follow();
  }

  // Another conversation has begun: the lines of the one before are not part of it, and its events are heard no more.
  leaveLines() {
    this.lines.replaceChildren();
    this.unfollow();
  }

  // The beginning of what is new stays in sight: a long answer is read from its start.
  reveal(line) {
    const composer = this.form.getBoundingClientRect().top;
    const { top, bottom } = line.getBoundingClientRect();
    if (top < 0 || bottom > composer) line.scrollIntoView({ block: "start" });
  }

  // Replaced only when something changed. Under the hands of somebody who is filling it in only its sentences are.
  setState(state) {
    const same = state.innerHTML === this.stateHtml && state.dataset.owner === this.state.dataset.owner;
    if (state.dataset.owner === "closed" && this.state.dataset.owner !== "closed") this.draft.drop();
    const moved = state.dataset.owner !== this.state.dataset.owner;
    Object.assign(this.state.dataset, state.dataset);
    this.state.toggleAttribute("data-asks", "asks" in state.dataset);
    if (same) return;
    const focused = this.state.contains(document.activeElement);
    const inUse = this.formInUse();
    if (inUse && !moved && formLike(inUse, state)) {
      this.setStanding(state);
      return;
    }
    this.stateHtml = state.innerHTML;
    this.state.innerHTML = state.innerHTML;
    if (inUse && refill(formLike(inUse, this.state), inUse)) return;
    if (focused) this.box.focus({ preventScroll: true });
  }

  // A form that somebody has opened, is in, or has begun to fill in.
  formInUse() {
    return [...this.state.querySelectorAll("form")].find((form) => {
      const begun = [...form.elements].some((field) => (
        field.matches("input[type=text]") ? field.value : field.matches("input:checked")
      ));
      return begun || form.closest("details[open]") || form.querySelector("details[open]")
        || form.contains(document.activeElement);
    });
  }

  // The place in the queue goes on moving while a phone number is typed.
  setStanding(state) {
    const fresh = state.querySelector("[data-part=standing]");
    const shown = this.state.querySelector("[data-part=standing]");
    if (fresh && shown && fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;
  }

  setProblem(text) {
    this.problem.textContent = text;
  }

  // Said when the line is lost and, for a moment, when it is back.
  setLost(lost) {
    if (Boolean(this.isLost) === lost) return;
    this.isLost = lost;
    clearTimeout(this.backTimer);
    const { textLost, textBack, textUnsent, textSending } = this.dataset;
    this.lost.textContent = lost ? textLost : textBack;
    if (!lost) this.backTimer = setTimeout(() => { this.lost.textContent = ""; }, BACK_MS);
    this.waiting.querySelectorAll(".who").forEach((who) => { who.textContent = lost ? textUnsent : textSending; });
  }

  // The agent, where there is one, is shown that somebody writes; a sign that gets lost is no loss.
  tellTyping() {
    const { conversation, owner } = this.state.dataset;
    if (owner !== "agent" || this.isLost || !this.box.value.trim()) return;
    if (Date.now() - (this.typedAt || 0) < TYPING_EVERY_MS) return;
    this.typedAt = Date.now();
    fetch(`/api/v1/conversations/${conversation}/typing`, { method: "POST", credentials: "same-origin" }).catch(() => {});
  }

  // Following what others say ------------------------------------------------------------------------------

  get worthFollowing() {
    return this.state.dataset.live === "1" && document.visibilityState === "visible";
  }

  follow() {
    if (!this.worthFollowing) return this.unfollow();
    if (this.stream || this.timer) return;
    if (this.failures >= STREAM_FAILURES) return this.pollLater();
    const { conversation } = this.state.dataset;
    this.stream = new EventSource(`/api/v1/conversations/${conversation}/events?after=${this.last}`);
    for (const name of ["message", "state"]) {
      this.stream.addEventListener(name, () => this.onEvent());
    }
    this.stream.addEventListener("typing", (event) => this.onTyping(JSON.parse(event.data)));
    this.stream.addEventListener("open", () => this.onOpen());
    this.stream.addEventListener("error", () => this.onStreamError());
  }

  unfollow() {
    this.stream?.close();
    this.stream = null;
    clearTimeout(this.timer);
    this.timer = null;
  }

  onOpen() {
    this.failures = 0;
    this.setLost(false);
  }

  onEvent() {
    // Several events at once are one look at what is new.
    clearTimeout(this.glance);
    this.glance = setTimeout(() => this.catchUp().catch(() => {}), 30);
  }

  // A sign that is not taken back expires by itself.
  onTyping({ sender }) {
    const sign = this.state.querySelector("[data-part=typing]");
    if (!sign) return;
    clearTimeout(this.typingTimer);
    sign.hidden = !sender;
    if (sender) this.typingTimer = setTimeout(() => { sign.hidden = true; }, TYPING_MS);
  }

  onStreamError() {
    this.failures += 1;
    const over = this.stream && this.stream.readyState === EventSource.CLOSED;
    if (!over && this.failures < STREAM_FAILURES) return;
    this.unfollow();
    this.pollLater();
  }

  pollLater() {
    const wait = Math.min(POLL_MS * 2 ** Math.max(this.failures - STREAM_FAILURES, 0), POLL_MAX_MS);
    this.timer = setTimeout(() => this.poll(), wait);
  }

  async poll() {
    this.timer = null;
    try {
      await this.catchUp();
      this.failures = Math.max(this.failures - 1, 0);
    } catch {
      this.failures += 1;
    }
    this.follow();
  }

  async catchUp() {
    const response = await this.request(`${this.dataset.tail}?${new URLSearchParams(this.place)}`);
    // Deleted or taken off this computer in another tab. What still waits here to be sent begins another one.
    if (response.status === 404 && this.state.dataset.conversation) {
      if (!this.outbox.entries.length) return this.startAnew();
      this.leaveLines();
      return;
    }
    if (!response.ok) throw new Error(`status ${response.status}`);
    this.apply(await response.text());
  }

  onVisibility() {
    this.unfollow();
    if (document.visibilityState !== "visible") return;
    this.catchUp().catch(() => this.follow());
  }

  onOnline() {
    this.failures = 0;
    this.outbox.work();
    this.onVisibility();
  }
}

const formLike = (form, place) => place.querySelector(`form[action="${form.getAttribute("action")}"]`);

// What was typed goes along into the form that takes the place of the one it was typed in; whether there was any.
function refill(form, before) {
  const typed = [...before.elements].filter((field) => field.matches("input[type=text]") && field.value);
  const boxes = form ? typed.filter((field) => form.elements[field.name]) : [];
  boxes.forEach((field) => { form.elements[field.name].value = field.value; });
  if (boxes.length) form.elements[boxes[0].name].focus({ preventScroll: true });
  return boxes.length > 0;
}

const TELL = "mac-chat-tell";

// The panel of the page that comes next is opened, where it would stay closed, for it says there what was done.
function tell() {
  try {
    sessionStorage.setItem(TELL, "1");
  } catch {
    // It is said where the chat is opened next.
  }
}

// A browser that does not say which button was pressed would send a choice without what was chosen: it keeps the forms.
if ("submitter" in (globalThis.SubmitEvent?.prototype ?? {})) customElements.define("citizen-chat", CitizenChat);
