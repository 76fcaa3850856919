// Has what is read kept for when there is no line. Later than everything the reader waits for.

const locale = document.documentElement.lang;

if ("serviceWorker" in navigator) addEventListener("load", () => register().catch(() => {}));

async function register() {
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  // A page the worker has served itself is kept already.
  if (!navigator.serviceWorker.controller) active.postMessage({ read: location.pathname + location.search, locale });
}
