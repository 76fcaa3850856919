"""Where a citizen wants to be attended: a region of Peru, or one of its better known towns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.signs.reading import Reading
from assistant.words import FUNCTION_WORDS

_OTHER_NAMES = {
    "qusqu": "cusco", "kusku": "cusco", "cuzco": "cusco", "qosqo": "cusco", "qusqo": "cusco", "trujillo": "la libertad",
    "chiclayo": "lambayeque", "huaraz": "ancash", "chimbote": "ancash", "huancayo": "junin", "iquitos": "loreto",
    "pucallpa": "ucayali", "tarapoto": "san martin", "moyobamba": "san martin", "juliaca": "puno", "abancay": "apurimac",
    "andahuaylas": "apurimac", "puerto maldonado": "madre de dios", "cerro de pasco": "pasco", "chachapoyas": "amazonas",
    "jaen": "cajamarca", "sullana": "piura", "chincha": "ica", "huamanga": "ayacucho", "ventanilla": "ventanilla",
    "comas": "lima norte", "lima norte": "lima norte", "lima sur": "lima sur", "lima este": "lima este",
    "santa anita": "lima este",
}  # fmt: skip
_REGIONS = (
    "amazonas,ancash,apurimac,arequipa,ayacucho,cajamarca,callao,cusco,huancavelica,huanuco,ica,junin,la libertad,"
    "lambayeque,lima,loreto,madre de dios,moquegua,pasco,piura,puno,san martin,tacna,tumbes,ucayali"
).split(",")
_NAMES = sorted({*_REGIONS, *_OTHER_NAMES}, key=len, reverse=True)
_SUFFIXES = r"(?:llaqta)?(?:pi|man|manta|ta|pa|paq|p|niq|pin)?(?:qa|m|mi|taq|ri|pas|raq|lla)*"
_PLACE = re.compile(rf"\b({'|'.join(_NAMES)}){_SUFFIXES}\b")
NETWORK = frozenset("mac centro centros express tambo tambos sede sedes".split())
_NETWORK = re.compile(rf"\b(?:{'|'.join(sorted(NETWORK))})(?:pi|man|manta|ta|pa|qa|piqa|kuna)*\b")
_FILLERS = FUNCTION_WORDS | frozenset(
    "vivo estoy soy ciudad departamento region provincia alla aca aqui por donde queda hay y pues ok ya bueno pi kani "
    "yachani tiyani maypi maypitaq kachkan kasan kashan".split()
)


@dataclass(frozen=True)
class Said:
    """A place as it was said, and the name of the region it stands for."""

    word: str
    region: str


def place(text: str) -> Said | None:
    """The place `text` names; the last one of several is where somebody wants to go."""
    found = _PLACE.findall(Reading.of(text).spanish)
    return Said(found[-1], _OTHER_NAMES.get(found[-1], found[-1])) if found else None


def names_network(text: str) -> bool:
    """Whether `text` speaks of the network's centres."""
    return bool(_NETWORK.search(Reading.of(text).spanish))


def says_only_place(text: str) -> bool:
    """Whether `text` is nothing but a place: "en Piura", "vivo en Cusco"."""
    reading = Reading.of(text).spanish
    rest = _NETWORK.sub(" ", _PLACE.sub(" ", reading))
    return bool(_PLACE.search(reading)) and not [word for word in rest.split() if word not in _FILLERS]
