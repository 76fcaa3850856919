"""A light stemmer for Spanish, made for text with or without accents.

It brings together the forms one thing is asked for in (renovar, renové, renovación, renovaciones) and keeps
apart what differs by one vowel (caso, casa) or by a derivation that changes the meaning (pena, penal). Verb
endings that are noun endings too are only taken from the verbs of `data/spanish_verbs.csv`.
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from lenguas.normalise import fold

_LONGEST = 40
# Words that end like an inflected form and are none, or that would meet another word.
_WHOLE = frozenset(
    """
    afuera alcaldia ademas antes apellido apenas atras ayer azucar bebida caries casa caso cita collar comida
    contenido costa crisis cuadrado cualquier cuidado debido despues dolar dos entonces entre estado fachada forma
    formas ganado gratis grado hogar jamas jornada jueves lado lejos lugar lunes mercado martes mas medida menos
    miercoles mientras mujer nada nido nosotros oasis oido paraguas partida partido pescado portal primer privado
    quizas recibo ruido sagrado salida seis senado sentido ser sis soldado suma taller tarde tercer tesis todo toda
    tras tres unido vestido vida viernes virus vocal portada portero porte porto uso
    """.split()
)
_IRREGULAR = {
    "abierto": "abr", "abierta": "abr", "abren": "abr", "abre": "abr", "abrir": "abr", "apertura": "abr",
    "atencion": "atend", "correccion": "correg", "correcto": "correcto", "conduccion": "conduc", "conducir": "conduc",
    "cierre": "cerr", "emision": "emit", "escrito": "escrib", "escrita": "escrib", "expedicion": "exped",
    "inscripcion": "inscrib", "inscrito": "inscrib", "inscrita": "inscrib", "suscripcion": "suscrib",
    "perdida": "perd", "peticion": "ped", "pedido": "ped", "pidio": "ped", "puedo": "pod", "puede": "pod",
    "pueden": "pod", "podria": "pod", "podemos": "pod", "poder": "poder", "quiero": "quer", "quiere": "quer",
    "quieren": "quer", "quisiera": "quer", "querer": "quer", "reposicion": "repon", "resolucion": "resolucion",
    "solicitud": "solicit", "tengo": "ten", "tiene": "ten", "tienen": "ten", "tener": "ten", "traduccion": "traduc",
    "hago": "hac", "hacer": "hac", "hice": "hac", "hizo": "hac", "hacen": "hac", "hecho": "hac",
    "cruces": "cruz", "dioses": "dios", "gases": "gas", "intereses": "interes", "jueces": "juez", "leyes": "ley",
    "luces": "luz", "meses": "mes", "paises": "pais", "redes": "red", "reyes": "rey", "veces": "vez", "voces": "voz",
}  # fmt: skip

_FIRST = (
    "ar o a as amos an e es en emos os aba abas abamos aban aste aron are aras ara aremos aran aria arias ariamos "
    "arian ando ado ada acion amiento"
)
_SECOND = (
    "er o e es emos en a as amos an i iste io ieron ia ias iamos ian ere eras era eremos eran eria erias eriamos "
    "erian iendo ido ida imiento"
)
_THIRD = (
    "ir o e es imos en a as amos an i iste io ieron ia ias iamos ian ire iras ira iremos iran iria irias iriamos "
    "irian iendo ido ida imiento icion"
)
_ENDINGS = {"ar": _FIRST.split(), "er": _SECOND.split(), "ir": _THIRD.split()}
_SOFTENED = {"car": "qu", "gar": "gu", "zar": "c", "cer": "zc", "cir": "zc", "ger": "j", "gir": "j"}
_CLITICS = re.compile(r"(?<=[aei]r)(?:se|me|te|nos)?(?:l[aeo]s?)?$|(?<=ndo)(?:se|me|te|nos)?(?:l[aeo]s?)?$")


def _forms(infinitive: str, stressed: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a regular verb, each with its stem; `stressed` is the stem under the accent (renuev)."""
    infinitive = fold(infinitive)
    stem, group = infinitive[:-2], infinitive[-2:]
    softened = infinitive[:-3] + _SOFTENED.get(infinitive[-3:], infinitive[-3])
    for base in dict.fromkeys((stem, softened, stressed or stem)):
        for ending in _ENDINGS[group]:
            yield base + ending, stem


@lru_cache(maxsize=1)
def _verb_forms() -> dict[str, str]:
    table: dict[str, str] = {}
    with (files("lenguas") / "data" / "spanish_verbs.csv").open(encoding="utf-8", newline="") as verbs:
        for row in csv.DictReader(verbs):
            for form, stem_of_form in _forms(row["infinitive"], row["stressed"]):
                table.setdefault(form, stem_of_form)
    for word in _WHOLE:
        table.pop(word, None)
    return table | _IRREGULAR


def is_verb_form(folded: str) -> bool:
    """Tell whether a folded word is a form of one of the known verbs."""
    return folded in _verb_forms()


_DERIVED = re.compile(r"(?<=\w{4})(?:acion|icion|amiento|imiento|iendo|ando|ad[oa]|id[oa]|[aei]r)$")
_GENDERED = re.compile(r"(?<=\w{4})(?:(?<=ic)|(?<=an)|(?<=er)|(?<=it)|(?<=os)|(?<=iv))[oa]$")


def _singular(word: str) -> str:
    if not word.endswith("s") or len(word) < 4 or word in _WHOLE:
        return word
    if word.endswith(("ades", "tudes", "xes")):
        return word[:-2]
    if word.endswith("ces"):
        return word[:-3] + "z"
    if word.endswith("es") and word[-3] in "lrnjy" and word[-4] in "aeiou":
        return word[:-2]
    return word[:-1] if word[-2] in "aeou" else word


@lru_cache(maxsize=32768)
def _stem(word: str) -> str:
    forms = _verb_forms()
    bare = _CLITICS.sub("", word)
    for form in (word, bare):
        if form in forms:
            return forms[form]
    singular = _singular(word)
    if singular in _WHOLE:
        return singular
    if singular in forms:
        return forms[singular]
    return _GENDERED.sub("", _DERIVED.sub("", singular))


def stem(word: str) -> str:
    """Return the stem of one Spanish word, folded; words of more than 40 letters come back folded only."""
    folded = fold(word)
    return _stem(folded) if len(folded) <= _LONGEST else folded
