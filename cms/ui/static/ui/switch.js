// The other language opens where one is reading: the aspect of the address, or the one in view.
const TOP = 120; // pixels: what the eye takes for the top of the page

function aspect() {
  const read = [...document.querySelectorAll("main section[id], main .unknown > [id]")].filter(
    (section) => section.getClientRects().length && section.getBoundingClientRect().top <= TOP,
  );
  const here = read.pop();
  if (here && window.scrollY > 0) return `#${here.id}`;
  return location.hash;
}

for (const link of document.querySelectorAll("header a[rel~=alternate]")) {
  const keep = () => {
    link.hash = aspect();
  };
  link.addEventListener("pointerdown", keep);
  link.addEventListener("click", keep);
}
