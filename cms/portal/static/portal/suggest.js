// Tramites as one types, below the search box. Without this script, or without a line, Enter searches as ever.

const WAIT = 220; // one request per pause in typing, not per key

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.address = form.dataset.suggest;
    this.list = document.createElement("div");
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.said = document.createElement("p");
    this.said.className = "hidden";
    this.said.setAttribute("role", "status");
    form.append(this.list, this.said);
    this.input.addEventListener("input", () => this.later());
    form.addEventListener("keydown", (event) => this.key(event));
    // Safari gives a link that is pressed no focus: it would leave the form, and the list close under the finger.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) this.close();
    });
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const q = this.input.value.trim();
    if (q.length < 3) return this.close();
    this.timer = setTimeout(() => this.ask(q), WAIT);
  }

  async ask(q) {
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(q)}`, { signal: this.asking.signal });
      if (answer.ok) this.show(await answer.text());
    } catch {
      this.close(); // a later key has taken over, or the line is gone
    }
  }

  show(html) {
    this.list.innerHTML = html;
    const count = this.list.querySelector("p");
    this.said.textContent = count?.textContent ?? "";
    count?.remove();
    // An answer may come after the box was left.
    this.list.hidden = !this.links().length || !this.form.contains(document.activeElement);
  }

  close() {
    this.list.hidden = true;
    this.said.textContent = "";
  }

  links() {
    return [...this.list.querySelectorAll("a")];
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.input.focus();
      return this.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.list.hidden) return;
    const stops = [this.input, ...this.links()];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
