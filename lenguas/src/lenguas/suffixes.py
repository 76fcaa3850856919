"""The order of Southern Quechua suffixes as an acceptor over search keys.

A chain is read from left to right; each suffix stands in a slot, and each slot says which may follow. The
slots follow the usual descriptions of Ayacucho and Cusco Quechua (Parker 1969, Cusihuamán 1976) and Peru's
unified spelling; regional forms (-n for -m, -q for -p, -qti, -sha, -chis) are accepted as well.
"""

from dataclasses import dataclass
from functools import lru_cache

Chain = tuple[str, ...]

_VOWELS = frozenset("aiu")
_DOUBLED = frozenset("kqst")  # a key has these once, also where two suffixes meet: yachachiq + qa


@dataclass(frozen=True)
class _Slot:
    """Suffixes of one place: those after a vowel, after a consonant, after either; and the slots that follow."""

    any: str
    vowel: str = ""
    consonant: str = ""
    follow: str = ""


_ENCLITICS = "enclitic evidence emphasis"
_NOMINAL = f"derived person plural group case {_ENCLITICS}"
_VERBAL = "aspect object progressive tense subject nominaliser potential"
_SLOTS = {
    # noun
    "derived": _Slot("cha sapa naq niraq lla", "yuq", "niyuq", _NOMINAL),
    "verbaliser": _Slot("cha ya", follow=_VERBAL),
    "person": _Slot(
        "",
        "y yki n nchik nchiq nchis yku ykichik ykichiq ykichis nku",
        "niy niyki nin ninchik ninchiq ninchis niyku niykichik niykichiq niykichis ninku",
        f"plural group case {_ENCLITICS}",
    ),
    "plural": _Slot("kuna", follow=f"person group case {_ENCLITICS}"),
    "group": _Slot("pura lla", "ntin", "nintin", f"group case {_ENCLITICS}"),
    "case": _Slot(
        "ta pa pi man manta paq wan kama rayku hina niq niqpi niqman", "p q", "", f"case {_ENCLITICS}"
    ),
    # verb
    "aspect": _Slot(
        "rqu ru rqa ra yku yka yu ri rpari raya paya naya ykacha ykachi ysi naku chi cha ya pa mu ku ka pu lla kacha",
        follow=_VERBAL,
    ),
    "object": _Slot("wa su", follow="progressive tense subject nominaliser potential"),
    "progressive": _Slot("chka sa sya siya", follow="aspect tense subject nominaliser potential"),
    "tense": _Slot("rqa ra sqa", follow=f"subject {_ENCLITICS}"),
    "subject": _Slot(
        "ni nki n nchik nchiq nchis yku niku nkichik nkichiq nkichis nku saq nqa sun sunchik sunchiq sunchis saqku "
        "nqaku yki ykiku ykichik ykichiq sayki saykiku saykichik y ychik ychiq ychis chun chunku",
        follow=f"conditional {_ENCLITICS}",
    ),
    "conditional": _Slot("man manku", follow=_ENCLITICS),
    "potential": _Slot("waq waqchik waqchiq waqchis chwan chuwan", follow=_ENCLITICS),
    "nominaliser": _Slot("y na q sqa spa pti qti stin", follow=_NOMINAL),
    # both
    "enclitic": _Slot("puni pas pis raq ña taq chu lla", follow=_ENCLITICS),
    "evidence": _Slot("mi si cha qa ri chus", "m s n", "", "emphasis"),
    "emphasis": _Slot("ya riki iki"),
}
_STARTS = {
    "noun": f"{_NOMINAL} verbaliser",
    "verb": _VERBAL,
    "particle": f"derived case {_ENCLITICS}",
}
# Before these a verb is not finished; the past tenses are, for their third person has no mark.
_UNFINISHED = frozenset({"verb", "aspect", "object", "progressive", "verbaliser"})
WORD_CLASSES = frozenset(_STARTS)

_Step = tuple[str, str, str]  # suffix, its slot, what it must follow: "vowel", "consonant" or ""


def _steps_of(slot: str) -> list[_Step]:
    forms = _SLOTS[slot]
    conditions = (("", forms.any), ("vowel", forms.vowel), ("consonant", forms.consonant))
    return [(suffix, slot, needs) for needs, listed in conditions for suffix in listed.split()]


def _compile() -> dict[tuple[str, str], tuple[_Step, ...]]:
    """Index the steps by the slot reached (or the class of the root) and the next letter, longest first."""
    follow = {**_STARTS, **{name: slot.follow for name, slot in _SLOTS.items()}}
    index: dict[tuple[str, str], list[_Step]] = {}
    for reached, slots in follow.items():
        for step in (step for slot in slots.split() for step in _steps_of(slot)):
            index.setdefault((reached, step[0][0]), []).append(step)
    return {where: tuple(sorted(steps, key=lambda step: -len(step[0]))) for where, steps in index.items()}


_INDEX = _compile()


def _candidates(rest: str, place: int, before: str, reached: str) -> list[tuple[_Step, int]]:
    """Return the steps that fit at `place`, each with the place after it."""
    kind = "vowel" if before in _VOWELS else "consonant"
    fitting = [
        (step, place + len(step[0]))
        for step in _INDEX.get((reached, rest[place]), ())
        if rest.startswith(step[0], place) and step[2] in ("", kind)
    ]
    if before in _DOUBLED:
        fitting += [
            (step, place + len(step[0]) - 1)
            for step in _INDEX.get((reached, before), ())
            if len(step[0]) > 1 and rest.startswith(step[0][1:], place) and step[2] in ("", kind)
        ]
    return fitting


def _walk(rest: str, place: int, before: str, reached: str, dead: set[tuple[int, str]]) -> Chain | None:
    """Return the suffixes from `place` to the end; `dead` keeps the ends met before, so time stays bounded."""
    if place == len(rest):
        return None if reached in _UNFINISHED else ()
    if (place, reached) in dead:
        return None
    for (suffix, slot, _needs), end in _candidates(rest, place, before, reached):
        tail = _walk(rest, end, suffix[-1], slot, dead)
        if tail is not None:
            return (suffix, *tail)
    dead.add((place, reached))
    return None


@lru_cache(maxsize=16384)
def chain(rest: str, before: str, word_class: str) -> Chain | None:
    """Return the suffixes that make up `rest`, or None when it is no well-formed chain.

    `rest` is what follows a root in a search key, `before` the root's last letter, `word_class` one of
    `noun`, `verb` (which must carry a suffix) and `particle`.
    """
    if word_class == "verb" and before not in _VOWELS:
        return None
    return _walk(rest, 0, before, word_class, set())
