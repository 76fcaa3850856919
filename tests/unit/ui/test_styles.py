"""A style sheet written into a page says the same as its file."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest

from cms.ui import styles

CMS = Path(styles.__file__).resolve().parents[1]
WRITTEN = ("ui/ui.css", "narration/listen.css", "portal/portal.css")


@pytest.mark.parametrize(
    ("css", "shorter"),
    [
        ("a {\n  color: red;\n}\n", "a{color:red}"),
        ("/* why */\n.a .b,\n.c > .d {\n  margin: 0 auto;\n}", ".a .b,.c>.d{margin:0 auto}"),
        (".chat .state :is(a, button) { top: 0 }", ".chat .state :is(a,button){top:0}"),
        ("@media (min-width: 48rem) { a + b { top: calc(1rem + 2px) } }", "@media (min-width:48rem){a + b{top:calc(1rem + 2px)}}"),
        ('li::after { content: " · "; }', 'li::after{content:" · "}'),
    ],
)  # fmt: skip
def test_only_what_means_nothing_goes(css: str, shorter: str) -> None:
    assert styles.shortened(css) == shorter


@pytest.mark.parametrize("name", WRITTEN)
def test_no_sheet_says_something_that_ends_the_element_or_is_taken_for_a_comment(name: str) -> None:
    text = styles.sheet(name).text
    assert "<" not in text
    assert text.count("{") == text.count("}")
    # Inside quotes a blank beside a sign would be taken away with the others.
    source = next(CMS.glob(f"*/static/{name}")).read_text(encoding="utf-8")
    quoted = re.findall(r'"[^"\n]*"', source)
    assert [one for one in quoted if re.search(r"[{};,>:]\s|\s[{};,>]|\s\s", one)] == []


def test_the_policy_is_told_of_each_sheet_once_written() -> None:
    request = HttpRequest()
    assert styles.sources(request) == ()
    written = [styles.write(request, name).source for name in WRITTEN]
    assert list(styles.sources(request)) == written
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", one) for one in written)


def test_a_sheet_nobody_has_is_refused_by_name() -> None:
    with pytest.raises(styles.NoSuchSheet, match=r"ui/none\.css"):
        styles.sheet("ui/none.css")
