"""Addresses of pages and mail, said shortly: the host without its path, the mail whole."""

import re
from urllib.parse import urlsplit

from lenguas import numbers
from voice.pieces import Language, Piece, Rule
from voice.quechua import is_suffix

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_TOP = r"(?:gob\.pe|com\.pe|org\.pe|edu\.pe|net\.pe|mil\.pe|nom\.pe|pe|com|org|net|edu|info|int|app)"
_HOST = rf"(?:{_LABEL}\.){{1,6}}?{_TOP}"
_TRAILING = ".,;:!?…)]}»\"'"
_MAIL = re.compile(
    rf"(?P<box>[A-Za-z0-9][\w.+-]{{0,63}})@(?P<host>{_HOST}|(?:{_LABEL}\.){{1,6}}[a-z]{{2,6}})(?![A-Z0-9_@])"
)
_URL = re.compile(r"https?://[^\s<>\"«»]{1,2000}", re.IGNORECASE)
_BARE = re.compile(rf"(?P<host>{_HOST})(?P<path>/[^\s<>\"«»]{{0,2000}})?(?-i:(?![A-Z0-9_@]))", re.IGNORECASE)
_SIGNS = {".": " punto ", "-": " guion ", "_": " guion bajo ", "+": " más "}
_PARTS = re.compile(r"[.+_-]|\d+|[^\W\d_]+")


def _spell(address: str) -> str:
    """Say the parts of an address: words as words, figures one by one when they are many, signs by name."""
    said = []
    for part in _PARTS.findall(address):
        if part.isdecimal():
            said.append(
                numbers.say(int(part), "es")
                if len(part) < 4 and part[0] != "0"
                else numbers.digits(part, "es")
            )
        else:
            said.append(_SIGNS.get(part, part.lower()).strip())
    return " ".join(said)


def _host(host: str) -> str:
    return _spell(re.sub(r"^www\d?\.", "", host, flags=re.IGNORECASE))


def _mail(match: re.Match[str], _language: Language) -> list[Piece] | None:
    return [Piece(f"{_spell(match['box'])} arroba {_spell(match['host'])}", "es")]


def _url(match: re.Match[str], _language: Language) -> list[Piece] | None:
    written = match.group().rstrip(_TRAILING)
    try:
        host = urlsplit(written).hostname or ""
    except ValueError:
        host = ""
    after = match.group()[len(written) :]
    return [Piece(_host(host), "es"), Piece(after)] if host else None


def _bare(match: re.Match[str], language: Language) -> list[Piece] | None:
    letters = re.match(r"[^\W\d_]*", match.string[match.end() :])
    if letters and letters.group() and (language == "es" or not is_suffix(letters.group(), match.group())):
        return None
    path = match["path"] or ""
    after = path[len(path.rstrip(_TRAILING)) :]
    return [Piece(_host(match["host"]), "es"), *([Piece(after)] if after else [])]


RULES = (Rule(_MAIL, _mail), Rule(_URL, _url), Rule(_BARE, _bare))
