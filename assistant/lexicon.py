"""The names of trámites, entidades and sedes in force, as the content service publishes them.

The assistant knows names only to tell the name from the question: a ficha published a second ago is masked like
any other, with nothing retrained. `Lexicon.follow` keeps the names fresh from a background thread.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.words import FUNCTION_WORDS, QUESTION_WORDS, folded_words
from lenguas import quechua, spanish
from lenguas.normalise import key
from lenguas.suffixes import chain

logger = logging.getLogger(__name__)
POLL_SECONDS = 2.0
TIMEOUT_SECONDS = 2.0
SHORTEST_ROOT = 3
LONGEST_WORD = 40
_BARE = "="  # marks what a word is once Quechua suffixes are taken off


Parts = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Name:
    """One name of one thing: `kind` is tramite, entidad or sede; `parts` are the roots of its content words."""

    kind: str
    id: str
    parts: Parts


@dataclass(frozen=True)
class Match:
    """A name found in the words `start` to `end` (exclusive) of a text."""

    start: int
    end: int
    kind: str
    ids: tuple[str, ...]


@lru_cache(maxsize=32768)
def spellings(word: str) -> frozenset[str]:
    """One word of a name as it may be met: whole, and without plural or gender, in neutral spelling."""
    return frozenset({key(word), key(spanish.stem(word)), _BARE + key(word)})


@lru_cache(maxsize=32768)
def readings(word: str) -> frozenset[str]:
    """Every root a citizen's word may be: as written, as Spanish, as Quechua, and as a name with Quechua suffixes.

    A loan such as `brevetenpaq` need not be in any list of roots, so each beginning is a reading when what
    follows it is a chain of nominal suffixes. Such a beginning must be a whole word of the name: otherwise
    "consulta" would be "consulado" with the suffix -ta.
    """
    whole = key(word[:LONGEST_WORD])
    found = {whole, key(spanish.stem(word[:LONGEST_WORD]))}
    found.update(filter(None, [quechua.stem(word)]))
    ends = range(SHORTEST_ROOT, len(whole))
    found.update(_BARE + whole[:end] for end in ends if chain(whole[end:], whole[end - 1], "noun"))
    return frozenset(found)


def is_in_id(word: str, id_: str) -> bool:
    """The word, in any form, is part of a codigo or of a sede's id."""
    known = frozenset[str]().union(*(spellings(part) for part in id_.split("-")))
    return bool(known & readings(word))


class Lexicon:
    """The names in force; reading is safe while `follow` replaces them."""

    def __init__(self) -> None:
        self.revision: int | None = None
        self._by_first: dict[str, list[Name]] = {}
        self._names: list[Name] = []
        self._questions: frozenset[str] = frozenset()
        self._etag = ""
        self._stop = threading.Event()

    def replace(self, published: dict[str, Any]) -> None:
        """Take the names of a published lexicon. Raises KeyError or TypeError on any other shape."""
        self._names = list(names_of(published))
        self._index()
        self.revision = published["revision"]

    def protect(self, roots: frozenset[str]) -> None:
        """Leave these words of questions out of the names: see `_says_more_than_a_name`."""
        self._questions = roots
        self._index()

    def _index(self) -> None:
        index: dict[str, list[Name]] = {}
        plain = {name.parts for name in self._names if not self._has_question(name.parts)}
        for name in self._names:
            if not self._says_more_than_a_name(name.parts, plain):
                for spelling in name.parts[0]:
                    index.setdefault(spelling, []).append(name)
        for names in index.values():
            names.sort(key=lambda name: -len(name.parts))
        self._by_first = index

    def _has_question(self, parts: Parts) -> bool:
        return any(part & self._questions for part in parts)

    def _says_more_than_a_name(self, parts: Parts, plain: set[Parts]) -> bool:
        """Whether masking this name would hide what is asked.

        True for names of question words alone ("no se paga") and for those that put a question before another
        name ("cita para el pasaporte"): of these the other name is masked. "Vigencia de poder" stays a name.
        """
        rest = tuple(part for part in parts if not part & self._questions)
        return not rest or (len(rest) < len(parts) and rest in plain)

    def find(self, words: Sequence[str]) -> list[Match]:
        """The names in `words` (folded), the longest at each place, none overlapping."""
        content = [place for place, word in enumerate(words) if word not in FUNCTION_WORDS]
        sets = {place: readings(words[place]) for place in content}
        found: list[Match] = []
        at = 0
        while at < len(content):
            match, used = self._longest(content[at:], sets)
            found += [match] if match else []
            at += used
        return found

    def _longest(self, places: Sequence[int], sets: dict[int, frozenset[str]]) -> tuple[Match | None, int]:
        """The longest name that begins at the first of `places`, and how many places it takes (1 if none)."""
        candidates = [name for reading in sets[places[0]] for name in self._by_first.get(reading, ())]
        fitting = [name for name in candidates if _fits(name.parts, places, sets)]
        if not fitting:
            return None, 1
        length = max(len(name.parts) for name in fitting)
        best = [name for name in fitting if len(name.parts) == length]
        ids = tuple(dict.fromkeys(name.id for name in best if name.kind == best[0].kind))
        return Match(places[0], places[length - 1] + 1, best[0].kind, ids), length

    def follow(self, url: str) -> threading.Thread:
        """Ask `url` every two seconds, in a thread that ends with the process or with `stop`."""
        thread = threading.Thread(target=self._follow, args=(url,), name="lexicon", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End the thread of `follow`."""
        self._stop.set()

    def _follow(self, url: str) -> None:
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                self.refresh(url)
            except (OSError, ValueError, KeyError, TypeError) as error:
                logger.info("The lexicon at %s could not be read: %s", url, error)
            self._stop.wait(max(0.0, POLL_SECONDS - (time.monotonic() - started)))

    def refresh(self, url: str) -> bool:
        """Ask once; True when the names changed. Raises OSError or ValueError when there is no good answer."""
        headers = {"If-None-Match": self._etag} if self._etag else {}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own content service
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - see above
                published, etag = json.load(response), response.headers.get("ETag") or ""
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return False
            raise
        self.replace(published)
        self._etag = etag
        return True


def _fits(parts: Parts, places: Sequence[int], sets: dict[int, frozenset[str]]) -> bool:
    return len(parts) <= len(places) and all(
        part & sets[place] for part, place in zip(parts, places, strict=False)
    )


def names_of(published: dict[str, Any]) -> Iterator[Name]:
    """Every usable name of a published lexicon; a single word that is itself a question is not one."""
    for kind, id_, text in _listed(published):
        words = [word for word in folded_words(text) if word not in FUNCTION_WORDS]
        if not words or (len(words) == 1 and words[0] in QUESTION_WORDS):
            continue
        yield Name(kind, id_, tuple(spellings(word) for word in words))


def _listed(published: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for entry in published["entries"]:
        for names in entry["names"].values():
            yield from (("tramite", entry["codigo"], name) for name in names)
    for kind, list_name in (("sede", "sedes"), ("entidad", "entidades")):
        for entry in published[list_name]:
            yield from ((kind, entry["id"], name) for name in entry["names"])


current = Lexicon()
