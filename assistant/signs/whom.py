"""Signs of whom a trámite is for: a child, a grown-up, somebody from another country, somebody else of age."""

from __future__ import annotations

import re
from typing import Literal

from assistant.signs.reading import Reading, any_in, patterns
from assistant.words import FUNCTION_WORDS

Whom = Literal["minor", "adult", "foreigner", "other"]
OF_AGE = 18

# How long something lasts is no age.
_AGE = re.compile(
    r"(?<!\bpor )(?<!\bx )(?<!\bo )(?<!\bcada )(?<!\bhace )(?<!\bdurante )(?<!\bdura )(?<!\bvale )(?<!\bunos )(?<!\bdentro de )"
    r"\b(\d{1,3}) (?:anos?|anitos?|añit\w+|años?|watayuq\w*|wata)\b"
)
_MONTHS = re.compile(
    r"\b(?:\d{1,2} |un |dos |tres )?(?:mes|meses|semanas|killayuq) de nacid[oa]\b|\b\d{1,2} meses\b"
)
_CHILD = (
    r"hij[oa]s?|hijit[oa]s?|niñ[oa]s?|niñit[oa]s?|bebes?|bebit[oa]s?|menor(?:es|cit[oa]s?)?|sobrin[oa]s?|"
    r"sobrinit[oa]s?|niet[oa]s?|nietit[oa]s?|recien nacid[oa]s?|chiquit[oa]s?|criatura|adolescentes?|hermanit[oa]s?"
)
_MINOR = patterns(_CHILD)
_MINOR_QU = patterns(
    r"wawa\w*|churi(?:y|yki|n|nchik|yku)?(?:ta|pa|paq|manta|pas|ri|tapas|paqri)*|ususi\w*|sullka wawa\w*|warma\w*|irqi\w*"
)
_ADULT = patterns(
    r"mayor(?:es)? de edad|adult[oa]s?|para (?:mi|uno) mism[oa]|para mi$|para mi (?:tambien|pues|nomas|no mas)$|"
    r"(?:hij[oa]|niet[oa]|sobrin[oa]) (?:ya )?(?:es )?mayor",
)
_BOTH = re.compile(
    r"\badult[oa]s?\b.*\b(?:niñ[oa]s?|menor(?:es)?|hij[oa]s?)\b|\b(?:niñ[oa]s?|menor(?:es)?|hij[oa]s?)\b.*\badult[oa]s?\b"
)
_ADULT_QU = patterns(r"kuraq runa\w*|ñuqapaq\w*|nuqapaq\w*|nuqapa\w*")
_FOREIGNER = patterns(
    r"extranjer[oa]s?|venezolan[oa]s?|colombian[oa]s?|ecuatorian[oa]s?|bolivian[oa]s?|haitian[oa]s?|argentin[oa]s?|chilen[oa]s?"
)
# One's wife, one's parents: no child, and no question of one's own paper.
_OTHER = patterns(
    r"espos[oa]|señora|marido|pareja|conviviente|conyuge|mama|mamita|papa|papito|padres|abuel[oa]s?|abuelit[oa]s?|suegr[oa]|"
    r"tio|tia|amig[oa]|vecin[oa]|viejit[oa]|otra persona|herman[oa]s?"
)
_OTHER_QU = patterns(r"warmiy\w*|qusay\w*|qosay\w*|taytay\w*|mamay\w*|machuy\w*|payay\w*|awiluy\w*|awilay\w*")
# The child is who does it, or who asks, and not for whom it is.
_DOES_IT = re.compile(
    r"\b(?:soy (?:su|el|la) (?:hij[oa]|niet[oa]|sobrin[oa])|(?:ir|va|vaya|puede|podria|hace|haga|recoge|recoja|ayuda|acompaña) "
    r"(?:a )?mi (?:hij[oa]|niet[oa]|sobrin[oa])|mi (?:hij[oa]|niet[oa]|sobrin[oa]) (?:puede|podria|va|me ayuda|me acompaña|lo hace))\b"
)
_OWN = re.compile(r"\b(?:mi|mis) (?:dni|pasaporte|carne|carnet|documento|brevete)\b(?! de mi)")

# What goes with it in "¿y si es para mi hijo?" and asks nothing of its own.
_FILLERS = FUNCTION_WORDS | frozenset(
    "si es fuera caso como seria entonces tambien mismo soy tengo quiero ahora pero y ya ok bueno ah edad anos años para "
    "paqri ri hinaspa chaymanta qa qam ano año mas de mi su el una un necesito sacar hacer tramite esta ser chico chica".split()
)


def whom(text: str) -> Whom | None:
    """For whom it is, where `text` says so."""
    reading = Reading.of(text)
    age = _AGE.search(reading.spanish)
    if _BOTH.search(reading.spanish):
        return None
    if any_in(_ADULT, reading.spanish) or any_in(_ADULT_QU, reading.quechua):
        return "adult"
    if age:
        return "minor" if int(age[1]) < OF_AGE else "adult"
    spanish = _DOES_IT.sub(" ", reading.spanish)
    if any_in(_MINOR, spanish) or any_in(_MINOR_QU, reading.quechua) or _MONTHS.search(reading.spanish):
        return "minor"
    if any_in(_OTHER, spanish) or any_in(_OTHER_QU, reading.quechua):
        return "other"
    return "foreigner" if any_in(_FOREIGNER, spanish) else None


def says_only_whom(text: str) -> bool:
    """Whether `text` says for whom it is and nothing else: "¿y para mi hijo?", "wawaypaqri"."""
    if whom(text) is None:
        return False
    spanish = Reading.of(text).spanish
    rest = _AGE.sub(" ", spanish)
    for sign in (*_MINOR, *_ADULT, *_OTHER, *_FOREIGNER):
        rest = sign.sub(" ", rest)
    return not [
        word
        for word in rest.split()
        if word not in _FILLERS and not any_in((*_MINOR_QU, *_ADULT_QU, *_OTHER_QU), Reading.of(word).quechua)
    ]


def speaks_of_own(text: str) -> bool:
    """Whether `text` is about the citizen's own paper: "mi pasaporte", and not "el pasaporte de mi hija"."""
    return bool(_OWN.search(Reading.of(text).spanish)) and whom(text) is None
