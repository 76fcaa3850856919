// What the citizen has sent and the server has not yet confirmed: kept through a reload, tried again until it
// is taken or refused, in order, one at a time. The client_id makes a second try harmless.

const WAITS_MS = [1000, 2000, 4000, 8000, 15000];

export class Outbox {
  // `deliver(entry)` resolves when the server has decided, and rejects when it is worth trying again;
  // an error may say how long to wait, in milliseconds, as `wait`.
  constructor(key, deliver) {
    this.key = key;
    this.deliver = deliver;
    this.entries = this.read();
    this.tries = 0;
  }

  // What `form` would send when `submitter` is pressed, under a client_id of its own.
  entry(form, submitter) {
    const fields = Object.fromEntries(new FormData(form));
    if (submitter && submitter.name) fields[submitter.name] = submitter.value;
    delete fields.csrfmiddlewaretoken;
    fields.client_id = newId();
    return { action: new URL(submitter?.getAttribute("formaction") || form.action, location.href).pathname, fields };
  }

  add(entry) {
    this.entries.push(entry);
    this.keep();
    this.work();
  }

  async work() {
    if (this.busy || this.stopped) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      while (this.entries.length && !this.stopped) {
        await this.deliver(this.entries[0]);
        this.entries.shift();
        this.tries = 0;
        this.keep();
      }
    } catch (error) {
      const wait = error.wait || WAITS_MS[Math.min(this.tries, WAITS_MS.length - 1)];
      this.tries += 1;
      if (!this.stopped) this.timer = setTimeout(() => this.work(), wait);
    } finally {
      this.busy = false;
    }
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  clear() {
    this.entries = [];
    this.keep();
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) || [];
    } catch {
      return [];
    }
  }

  keep() {
    try {
      if (this.entries.length) sessionStorage.setItem(this.key, JSON.stringify(this.entries));
      else sessionStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing still sends.
    }
  }
}

// crypto.randomUUID needs a secure context; a centre's kiosk may reach the site by plain http.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
