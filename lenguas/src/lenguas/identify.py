"""Whether a citizen writes Spanish or Quechua: word evidence by rules, with nothing to train or to load.

Each word votes: words only one language has, the readings of the Quechua analyser, the endings of Spanish and
the letters. A Quechua suffix on a Spanish root (DNIyta, licenciaykita) is decisive for Quechua, for only a
Quechua speaker writes it. Names of things stay Spanish inside Quechua sentences ("partida de nacimiento munani"),
so the words a Spanish sentence is built with (verbs, questions, pronouns) tell more than its nouns do.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from lenguas import quechua, spanish
from lenguas.normalise import fold
from lenguas.tokens import tokens

Code = Literal["es", "qu"]

_CERTAIN_SCORE = 1.5
_CERTAIN_WORDS = 2
_MIXED_EVIDENCE = 2.0
_MIXED_SHARE = 0.25  # a Spanish name or office inside a long Quechua text does not make it mixed
_NAME_SHARE = 0.05  # what a Spanish noun still weighs in a sentence built with Quechua words
_MOST_WORDS = 400  # what a longer text adds changes nothing any more


@dataclass(frozen=True)
class Language:
    """The language of a text.

    `score` is signed, above zero for Quechua, and grows with the evidence. Only a `certain` answer is a
    reason to offer a change of language; `mixed` says that both languages are there.
    """

    code: Code
    score: float
    certain: bool
    mixed: bool


@dataclass(frozen=True)
class _Vote:
    """`builds`: the word makes the sentence one of its language; otherwise it may be part of a name."""

    weight: float
    content: bool = True
    decisive: bool = False
    builds: bool = False


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in (files("lenguas") / "data" / "language_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


_SPANISH_LETTERS = re.compile(r"[bdfgvxzj]|c(?!h)|(?<![qk])u[eo]|[aeo][eo]|rr")
_FIVE_VOWELS = re.compile(r"(?<!q)(?<!q')(?<!qh)[eo](?![rnlsy]{0,2}q)")
_SPANISH_ENDING = re.compile(
    r"(?:cion|ciones|dad|dades|mente|miento|ado|ada|ados|adas|ido|ida|idos|ando|iendo|arme|arlo|arla|erlo|irme|"
    r"aron|ieron|amos|emos|imos|aba|aban|ario|aria|encia|ancia|ista|[aei]r|os|as|es)$"
)
_QUECHUA_LETTERS = re.compile(r"k|w|q(?!u[ei])|[ptkq]h|ch'|[ptkq]'|sh")
_QUECHUA_ENDING = re.compile(
    r"(?:kuna(?:ta|pa|paq|wan|pi|man|manta|m|pas)?|manta(?:m|qa|pas)?|ykita|ykipa|ykiwan|niyki(?:ta|paq)?|niyta|"
    r"n?chik(?:pa|ta|pi)?|nchis(?:ta)?|paqmi|paqqa|taqa?|tam|pim|pitaq|wanmi|chkan|chkani|shani|shan|sqata|"
    r"manqa|taqmi|llata|llapas)$"
)
_K_BEFORE_E_OR_I = re.compile(r"k(?=[ei])")  # Spanish as it is written in chats: kiero, kuanto
_BARE_ENDING = re.compile(r"(?:[aiu]ta|[aiu]pi|[aiu]wan|paq|man|yta|[aiu]pa|nta|npi)$")


def _letters_vote(folded: str) -> float:
    """Weigh a word neither list nor analyser knows by its endings and letters."""
    if _QUECHUA_ENDING.search(folded) and len(folded) > 5:
        return 2.0
    quechua_letters = min(2, len(_QUECHUA_LETTERS.findall(folded)))
    if quechua_letters:
        return 0.8 * quechua_letters + (0.7 if _BARE_ENDING.search(folded) else 0.0)
    if _SPANISH_ENDING.search(folded) and len(folded) > 4:
        return -1.5
    return -0.7 if _SPANISH_LETTERS.search(folded) or _FIVE_VOWELS.search(folded) else 0.0


def _native_vote(folded: str, analysis: quechua.Analysis) -> float:
    """Weigh a word with a Quechua root: less when it is short, bare or spelled as Spanish is."""
    if _SPANISH_LETTERS.search(folded) or _FIVE_VOWELS.search(folded):
        return 0.8 if len(analysis.suffixes) > 1 and len(analysis.root) > 3 else -0.3
    if len(analysis.root) > 3 or len(analysis.suffixes) > 1:
        return 2.0
    return 1.2


def _known_vote(folded: str) -> _Vote | None:
    words = _words()
    if folded in words["quechua_whole"]:
        return _Vote(2.0, decisive=True, builds=folded not in words["greeting"])
    if folded in words["spanish_function"]:
        return _Vote(-1.0, content=False, builds=folded in words["spanish_sentence"])
    if folded in words["shared"]:
        return _Vote(0.0)
    if folded in words["quechua_common"]:
        return _Vote(2.0, builds=folded not in words["greeting"])
    if folded in words["spanish_common"] or folded in words["spanish_sentence"] or spanish.is_known(folded):
        return _Vote(-1.5, builds=folded in words["spanish_sentence"])
    return None


@lru_cache(maxsize=32768)
def _vote(folded: str) -> _Vote:
    if not folded[0].isalpha():
        return _Vote(0.0, content=False)
    known = _known_vote(folded)
    if known:
        return known
    analysis = quechua.analyse(folded)
    if analysis is None or (analysis.loan and not analysis.suffixes):
        respelled = _K_BEFORE_E_OR_I.sub("qu", folded).replace("k", "c")
        known = _known_vote(respelled) if respelled != folded else None
        if known and known.weight < 0:
            return known
    if analysis is None:
        return _Vote(_letters_vote(folded))
    if not analysis.loan:
        weight = _native_vote(folded, analysis)
        return _Vote(weight, builds=weight > 1 and bool(analysis.suffixes))
    if quechua.is_spanish_ending(analysis):
        return _Vote(1.5 if _QUECHUA_LETTERS.search(folded) else -0.7)  # kustan, banku
    return _Vote(3.0, decisive=True, builds=True)


def _words_of(text: str) -> list[str]:
    return [word for token in tokens(text)[:_MOST_WORDS] if (word := fold(token)) and len(word) <= 80]


def _is_certain(votes: list[_Vote], score: float) -> bool:
    if abs(score) < _CERTAIN_SCORE:
        return False
    content = sum(vote.content for vote in votes)
    if content >= _CERTAIN_WORDS:
        return True
    return score > 0 and any(vote.decisive for vote in votes)


def _is_built_in_quechua(votes: list[_Vote]) -> bool:
    """Quechua words build the sentence: alone, or two and more of them and not fewer than the Spanish ones."""
    in_quechua = sum(vote.builds for vote in votes if vote.weight > 0)
    in_spanish = sum(vote.builds for vote in votes if vote.weight < 0)
    return in_quechua > 0 and (not in_spanish or in_quechua >= max(2, in_spanish))


def _weight(votes: list[_Vote], share: float = 1.0) -> tuple[float, float]:
    """The evidence for Quechua and for Spanish, of which nouns count `share`."""
    for_quechua = sum(vote.weight for vote in votes if vote.weight > 0)
    for_spanish = -sum(vote.weight * (1.0 if vote.builds else share) for vote in votes if vote.weight < 0)
    return for_quechua, for_spanish


def identify(text: str) -> Language:
    """Return the language of `text`; without any evidence that is Spanish, not certain."""
    votes = [_vote(word) for word in _words_of(text)]
    for_quechua, for_spanish = _weight(votes, _NAME_SHARE if _is_built_in_quechua(votes) else 1.0)
    score = round(for_quechua - for_spanish, 2)
    less, more = sorted(_weight(votes))
    mixed = less >= max(_MIXED_EVIDENCE, _MIXED_SHARE * more)
    return Language("qu" if score > 0 else "es", score, _is_certain(votes, score), mixed)
