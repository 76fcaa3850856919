"""What a page shows for a moment only. A busy machine looks when it is over, so the page itself keeps what was there."""

from playwright.sync_api import Page

_KEEP = """(selector) => {
  const seen = ((window.seen ??= {})[selector] = []);
  const look = () => document.querySelectorAll(selector).forEach(({ textContent }) => {
    if (seen.at(-1) !== textContent) seen.push(textContent);
  });
  look();
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}"""
_SEEN = "([selector, words]) => window.seen[selector].some((text) => text.includes(words))"


def keep(page: Page, selector: str) -> None:
    """From now on, and until another page is opened."""
    page.evaluate(_KEEP, selector)


def until_seen(page: Page, selector: str, words: str, *, timeout: int = 15_000) -> None:
    """Waits until what `selector` finds says `words`, or finds that it did since `keep`."""
    page.wait_for_function(_SEEN, arg=[selector, words], timeout=timeout)
