// The list of what is needed, to tick and keep. Kept on this phone only; without this script it is a plain list.

class NeedsList extends HTMLElement {
  connectedCallback() {
    this.items = [...this.querySelectorAll("li[data-key]")];
    this.status = this.querySelector("[data-part=status]");
    for (const item of this.items) this.addBox(item);
    this.addClear();
    addEventListener("storage", () => this.show());
    this.show();
  }

  // Where a line belongs to a ficha of its own (one visit to several), it says so itself.
  place(item) {
    return `mac:requisitos:${item.dataset.codigo ?? this.dataset.codigo}`;
  }

  addBox(item) {
    const box = document.createElement("input");
    const label = document.createElement("label");
    const words = item.querySelector("span");
    box.type = "checkbox";
    words.replaceWith(label);
    label.append(box, words);
    item.classList.add("ticked-by-hand");
    box.addEventListener("change", () => this.keep(item, box.checked));
  }

  addClear() {
    this.clear = document.createElement("button");
    this.clear.type = "button";
    this.clear.className = "plain";
    this.clear.textContent = this.dataset.clear;
    this.clear.addEventListener("click", () => {
      for (const item of this.items) this.keep(item, false);
      this.items[0].querySelector("input").focus();
    });
    this.status.after(this.clear);
  }

  kept(item) {
    try {
      return JSON.parse(localStorage.getItem(this.place(item)) ?? "[]");
    } catch {
      return []; // the phone keeps nothing: the list still ticks until the page is left
    }
  }

  keep(item, ticked) {
    const keys = new Set(this.kept(item));
    ticked ? keys.add(item.dataset.key) : keys.delete(item.dataset.key);
    item.querySelector("input").checked = ticked;
    try {
      keys.size ? localStorage.setItem(this.place(item), JSON.stringify([...keys])) : localStorage.removeItem(this.place(item));
    } catch {
      // see kept
    }
    this.count();
  }

  show() {
    for (const item of this.items) item.querySelector("input").checked = this.kept(item).includes(item.dataset.key);
    this.count();
  }

  count() {
    const n = this.items.filter((item) => item.querySelector("input").checked).length;
    this.status.textContent = n ? this.dataset.done.replace("{n}", n).replace("{total}", this.items.length) : "";
    this.clear.hidden = n === 0;
  }
}

customElements.define("needs-list", NeedsList);
