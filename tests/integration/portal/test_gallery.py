"""The gallery of the design system: a component that is not in it does not exist for who builds the next page."""

import re
from pathlib import Path

import pytest
from django.test import Client

from cms.ui.tokens import tokens
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db
CMS = Path(__file__).resolve().parents[3] / "cms"
SHEETS = [CMS / path for path in (
    "ui/static/ui/ui.css", "portal/static/portal/portal.css", "narration/static/narration/listen.css",
    "channels/static/channels/web/chat.css",
)]  # fmt: skip
# What is the state or the frame of a whole page, not a thing on it.
WHOLE_PAGES = {"framed", "playing", "choose", "visit", "in-chat", "live"}


def components() -> set[str]:
    """The classes the style sheets give a form to, on a screen."""
    css = "\n".join(
        re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S) for sheet in SHEETS
    )
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for one in selectors for name in re.findall(r"\.([a-z][\w-]*)", one)} - WHOLE_PAGES


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_every_component_and_token_stands_in_the_gallery(page: OpenPage, locale: str) -> None:
    opened = page(f"/{locale}/diseno/")
    there = {name for e in opened.tree.iter() for name in (e.get("class") or "").split()}
    assert components() - there == set()
    assert [name for name in tokens() if f"--{name}" not in opened.text] == []


def test_no_search_engine_lists_it(page: OpenPage, client: Client) -> None:
    opened = page("/es/diseno/")
    assert opened.response.headers["X-Robots-Tag"] == "noindex"
    assert [meta.get("content") for meta in opened.all("meta", name="robots")] == ["noindex"]
    assert b"diseno" not in client.get("/sitemap.xml").content
