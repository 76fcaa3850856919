"""Style sheets written into the page: a first visit waits for one answer, not for one and then another.

The policy of the pages allows no inline style but by its hash: what is written in is remembered with the request, and
`content_security_policy` names it.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest

WRITTEN = "styles_written"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A blank before a colon may stand for "anything inside"; after one, and around these, none means anything.
AROUND = re.compile(r"\s*([{};,>])\s*|(?<=:)\s+")


class NoSuchSheet(LookupError):
    """A template names a style sheet that no app has."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text as it stands in a page, and what the policy calls it."""

    text: str
    source: str


def sheet(name: str) -> Sheet:
    """The style sheet `name` of the static files, shortened; raises NoSuchSheet."""
    path = _path(name)
    return _sheet(path, path.stat().st_mtime_ns)


def write(request: HttpRequest, name: str) -> Sheet:
    """As `sheet`, and remembered for the policy of the answer to `request`."""
    found = sheet(name)
    setattr(request, WRITTEN, (*sources(request), found.source))
    return found


def sources(request: HttpRequest) -> tuple[str, ...]:
    """What the policy calls the style sheets that were written for `request`."""
    written: tuple[str, ...] = getattr(request, WRITTEN, ())
    return written


def shortened(css: str) -> str:
    """The same rules without comments and without blanks that mean nothing."""
    closed = AROUND.sub(lambda found: found.group(1) or "", COMMENT.sub("", css))
    return re.sub(r"\s+", " ", closed).replace(";}", "}").strip()


@lru_cache(maxsize=32)
def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise NoSuchSheet(f"{name} is no static file: write it as the path below an app's static folder.")
    return Path(found)


@lru_cache(maxsize=32)
def _sheet(path: Path, changed_ns: int) -> Sheet:
    text = shortened(path.read_text(encoding="utf-8"))
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Sheet(text, f"'sha256-{digest}'")
