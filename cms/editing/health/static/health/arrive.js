// Somebody comes from content health to one row of a ficha: the form grows while it loads, so the browser alone
// ends up somewhere else.
addEventListener("load", () => {
  setTimeout(() => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !/^(inline_child_|id_)/.test(place.id)) return;
    place.scrollIntoView({ block: place.id.startsWith("id_") ? "center" : "start" });
    const field = place.matches("button") ? place : place.querySelector("select, textarea, input:not([type=hidden])");
    field?.focus({ preventScroll: true });
  }, 400);
});
