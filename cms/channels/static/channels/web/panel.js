// Opens the chat beside the page being read. Without it, the same link leads to the chat page.

const OPEN = "mac-chat-open";
const TELL = "mac-chat-tell";
const NARROW = "(max-width: 47.99rem)";

class ChatPanel extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.dialog = this.querySelector("dialog");
    this.body = this.dialog.querySelector("[data-part=body]");
    this.link.setAttribute("aria-haspopup", "dialog");
    this.link.addEventListener("click", (event) => this.onClick(event));
    // A finger on the button comes a moment before the click.
    for (const name of ["pointerenter", "pointerdown", "focus"]) this.link.addEventListener(name, warm, { once: true });
    this.dialog.addEventListener("close", () => this.onClose());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.dialog.close();
    });
    this.querySelector("[data-part=close]").addEventListener("click", () => this.dialog.close());
    if (hasToTell()) {
      this.open({ focus: false });
      return;
    }
    // Going on reading does not end a conversation; on a telephone it would cover the page that was asked for.
    if (remembered() && !matchMedia(NARROW).matches) this.open({ focus: false });
  }

  onClick(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.open({ focus: true });
  }

  async open({ focus }) {
    try {
      if (!this.body.firstElementChild) await this.load();
    } catch {
      if (focus) location.assign(this.link.href);
      return;
    }
    if (matchMedia(NARROW).matches) this.dialog.showModal();
    else if (!this.dialog.open) this.show(focus);
    this.link.hidden = true;
    remember(true);
    this.body.scrollTop = this.body.scrollHeight;
    this.body.querySelector("[data-part=told]")?.focus();
    if (focus) this.body.querySelector("textarea")?.focus();
  }

  // dialog.show() takes the focus; whoever only turned the page keeps theirs.
  show(focus) {
    const before = document.activeElement;
    this.dialog.show();
    if (!focus && before instanceof HTMLElement) before.focus({ preventScroll: true });
    if (!focus && before === document.body) document.activeElement.blur();
  }

  async load() {
    // Both at once: on a slow line each way there and back is felt.
    const program = import("./chat.js");
    program.catch(() => {});
    const response = await fetch(this.dataset.src, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    await program;
    this.body.replaceChildren(document.importNode(page.querySelector("citizen-chat"), true));
  }

  onClose() {
    this.link.hidden = false;
    this.link.focus();
    remember(false);
  }
}

function warm() {
  Promise.all([import("./chat.js"), import("./outbox.js"), import("./draft.js"), import("./dictation.js")]).catch(() => {});
}

// Set by chat.js before it loads the page anew: what was done is said in the panel.
function hasToTell() {
  try {
    const told = sessionStorage.getItem(TELL) === "1";
    sessionStorage.removeItem(TELL);
    return told;
  } catch {
    return false;
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(OPEN) === "1";
  } catch {
    return false;
  }
}

function remember(open) {
  try {
    if (open) sessionStorage.setItem(OPEN, "1");
    else sessionStorage.removeItem(OPEN);
  } catch {
    // It opens closed on the next page.
  }
}

// A browser without dialogs follows the link.
if (globalThis.HTMLDialogElement?.prototype.showModal) customElements.define("chat-panel", ChatPanel);
