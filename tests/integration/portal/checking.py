"""What every page must keep, whoever opens it: valid HTML, one language named, a person reachable, no inline code."""

import base64
import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

import html5lib
from django.http import HttpResponse

CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button"}


@dataclass(frozen=True)
class Page:
    """A page as a reader gets it: `tree` has no namespaces on HTML elements."""

    response: HttpResponse
    tree: ElementTree.Element

    @property
    def text(self) -> str:
        """The words in `main`, each run of white space one space."""
        return words(self.one("main"))

    def all(self, tag: str, **attributes: str) -> list[ElementTree.Element]:
        return [
            e for e in self.tree.iter(tag) if all(e.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> ElementTree.Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    def by_id(self, name: str) -> ElementTree.Element:
        found = [e for e in self.tree.iter() if e.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements with id {name}"
        return found[0]

    def links(self) -> list[str]:
        return [e.get("href", "") for e in self.tree.iter("a")]


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def checked(response: HttpResponse, locale: str, *, person: bool = True) -> Page:
    """The page in `response`, which must be HTML in `locale`; `person` says whether 1800 must be on it."""
    html = response.content.decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = Page(response, parser.parse(html))
    assert page.one("html").get("lang") == locale
    assert response.headers["Content-Language"] == locale
    _check_structure(page)
    _check_no_inline_code(page)
    _check_labels(page)
    if person:
        assert "tel:1800" in page.links()
    return page


def _check_structure(page: Page) -> None:
    assert len(page.all("h1")) == 1
    assert words(page.one("title"))
    ids = [e.get("id") for e in page.tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    levels = [int(e.tag[1]) for e in page.tree.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    skipped = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert not skipped, f"heading levels skipped: {skipped}"
    targets = {link[1:] for link in page.links() if link.startswith("#") and len(link) > 1}
    assert targets <= set(ids), f"links to nowhere: {targets - set(ids)}"


def source_of(text: str) -> str:
    """What a policy must call an inline style of this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _check_no_inline_code(page: Page) -> None:
    policy = page.response.headers.get("Content-Security-Policy", "")
    assert "unsafe-inline" not in policy
    assert all(source_of(style.text or "") in policy for style in page.all("style"))
    # What programs read is data: no browser runs it.
    scripts = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    assert all(script.get("src") and not words(script) for script in scripts)
    for element in page.tree.iter():
        assert "style" not in element.attrib, f"style attribute on {element.tag}"
        assert not [name for name in element.attrib if name.startswith("on")], f"handler on {element.tag}"
    _check_no_other_host(page)


def _check_no_other_host(page: Page) -> None:
    """Links may lead elsewhere; nothing is fetched from elsewhere."""
    fetched = [e.get("src") or "" for e in page.tree.iter() if e.get("src")]
    fetched += [
        e.get("href", "") for e in page.all("link") if e.get("rel") in ("stylesheet", "icon", "preload")
    ]
    assert all(address.startswith("/") and not address.startswith("//") for address in fetched), fetched


def _check_labels(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    for control in page.tree.iter():
        if control.tag in CONTROLS and control.get("type") not in UNLABELLED:
            named = control.get("id") in labelled or control.get("aria-label") or id(control) in inside
            assert named, f"no label for {control.tag} {control.attrib}"
