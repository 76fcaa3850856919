"""What Wagtail counts on our screens is counted in Spanish: its own catalogue lacks some plurals."""

import re
from pathlib import Path

import pytest
import wagtail
from django.utils.translation import ngettext, override

ROOT = Path(wagtail.__file__).parent
PLURAL = re.compile(r'^msgid "(?P<one>.+)"\nmsgid_plural "(?P<many>.+)"$', re.MULTILINE)


@pytest.mark.parametrize("part", [".", "admin", "snippets", "images", "documents", "users"])
def test_every_plural_is_spanish(part: str) -> None:
    catalogue = (ROOT / part / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    found = [
        (m["one"].replace('\\"', '"'), m["many"].replace('\\"', '"')) for m in PLURAL.finditer(catalogue)
    ]
    assert found
    with override("es"):
        english = [many for one, many in found if ngettext(one, many, 2) == many]
    assert english == []
