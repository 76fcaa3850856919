// The list of what is needed, to tick and keep. Kept on this phone only; without this script it is a plain list.

class NeedsList extends HTMLElement {
  connectedCallback() {
    this.items = [...this.querySelectorAll("li[data-key], li[data-places]")];
    this.status = this.querySelector("[data-part=status]");
    for (const item of this.items) this.addBox(item);
    this.addClear();
    addEventListener("storage", () => this.show());
    this.show();
  }

  // A line of one visit to several belongs to each ficha that asks for it: what is ticked there is ticked in all.
  places(item) {
    return item.dataset.places?.split(" ").map((place) => place.split("/")) ?? [[this.dataset.codigo, item.dataset.key]];
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

  kept(codigo) {
    try {
      return JSON.parse(localStorage.getItem(`mac:requisitos:${codigo}`) ?? "[]");
    } catch {
      return []; // the phone keeps nothing: the list still ticks until the page is left
    }
  }

  keep(item, ticked) {
    item.querySelector("input").checked = ticked;
    for (const [codigo, key] of this.places(item)) this.write(codigo, key, ticked);
    this.count();
  }

  write(codigo, key, ticked) {
    const keys = new Set(this.kept(codigo));
    ticked ? keys.add(key) : keys.delete(key);
    try {
      const name = `mac:requisitos:${codigo}`;
      keys.size ? localStorage.setItem(name, JSON.stringify([...keys])) : localStorage.removeItem(name);
    } catch {
      // see kept
    }
  }

  show() {
    for (const item of this.items) {
      const ticked = this.places(item).some(([codigo, key]) => this.kept(codigo).includes(key));
      item.querySelector("input").checked = ticked;
    }
    this.count();
  }

  count() {
    const n = this.items.filter((item) => item.querySelector("input").checked).length;
    this.status.textContent = n ? this.dataset.done.replace("{n}", n).replace("{total}", this.items.length) : "";
    this.clear.hidden = n === 0;
  }
}

customElements.define("needs-list", NeedsList);
