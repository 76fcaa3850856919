// What is written and not yet sent: kept in this tab of this browser and nowhere else, through a reload or another page.

const KEY = "mac-chat-draft";

export class Draft {
  // `state()` tells which conversation is shown, and who has it.
  constructor(box, state) {
    this.box = box;
    this.state = state;
    if (!box.value) box.value = this.read();
  }

  // Words written while the conversation went on are gone with its end; those written after it begin the next.
  keep() {
    const { conversation, owner } = this.state();
    const kept = { conversation, ended: owner === "closed", text: this.box.value };
    try {
      if (kept.text.trim()) sessionStorage.setItem(KEY, JSON.stringify(kept));
      else sessionStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing still sends.
    }
  }

  read() {
    const { conversation, owner } = this.state();
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY));
      if (!kept) return "";
      const same = !kept.conversation || kept.conversation === conversation;
      if (same && (kept.ended || owner !== "closed")) return kept.text;
    } catch {
      // What cannot be read is nothing.
    }
    this.drop();
    return "";
  }

  drop() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  }
}
