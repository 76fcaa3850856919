"""Signs of how a message stands to what was said before: a correction, all of the choices, the other one."""

from __future__ import annotations

import re

from assistant.signs.places import says_only_place
from assistant.signs.reading import Reading, any_in, patterns
from assistant.signs.whom import says_only_whom
from assistant.words import FUNCTION_WORDS, QUESTION_WORDS, folded_words, is_courtesy

_VERB = (
    "tengo|se|encuentro|puedo|quiero|veo|he|hay|entiendo|sabia|tiene|tienen|dan|hacen|saque|pude|recuerdo|conozco|"
    "necesito|tenemos|tenia|uso|llevo|traje|hice|han|ha"
)
_CORRECTS = patterns(
    r"^(?:(?:ay|uy|ah|oh|eh|perdon|disculpe|disculpa) )*no(?: no)* (?:(?:era|es|digo|perdon|mejor|sino) )?"
    rf"(?:(?:el|la|los|las)(?! (?:{_VERB})\b)|de|del|para|es|era|eso|ese|esa|perdon|me refiero|quise|sino|mas bien)\b.*",
    r"^(?:perdon|disculpe|disculpa)? ?(?:me equivoque|me he equivocado|corrijo|quise decir|me referia|me refiero).*",
    r"(?:no (?:es|era) (?:ese|esa|eso|lo que)|eso no es|ese no es|esa no es|ese no era)\b.*",
)
_CORRECTS_QU = patterns(
    r"^(?:mana|manam|manan) (?:chay|chaychu|chaytachu|chaymantachu)\b.*", r"^(?:panta\w+) .*"
)
_ALL = patterns(
    r"^(?:(?:de|a|para|sobre) )?(?:(?:los|las) (?:dos|tres|cuatro)|ambos|ambas|todos|todas|(?:los|las) (?:dos|tres|cuatro) cosas)"
    r"(?: por favor| porfa| pues| juntos| juntas)?$",
    r"^(?:quiero|dime|digame|dame|necesito|prefiero) (?:(?:de|a) )?(?:(?:los|las) (?:dos|tres|cuatro)|ambos|ambas|todos|todas)$",
)
_ALL_QU = patterns(
    r"^(?:iskaynin\w*|ki[mn]santin\w*|ki[mn]sanin\w*|ki[mn]santa\w*|iskayninta\w*|llapan\w*|llapallan\w*|lliw\w*|tawantin\w*)(?: \w+)?$"
)
_OTHER = patterns(
    r"^(?:y |ok y |ya y |no |mejor )*(?:el|la|del|de la|lo) otr[oa](?: tramite| opcion| documento)?\b"
)
_OTHER_QU = patterns(r"^(?:hu[kq]|wak|hu[kq]nin|waknin)(?: ?kaq)?(?:ta|manta|pa|ri|taqa|qa)?$")
_SIMPLER = patterns(
    r"(?:mas|lo mas|bien) (?:simple|sencill\w+|facil|facilito|clar[oa]|clarito)(?! (?:el|la|de)\b)",
    r"(?:con|en) (?:otras |mas simples )?palabras (?:mas )?(?:simples|sencillas|faciles)|en palabras simples|en sencillo|en cristiano",
    r"(?:no entendi|no entiendo|no comprendo|no comprendi)(?: \w+){0,3}? (?:nada|bien|eso|explic\w+)|explic\w+ (?:mejor|de nuevo|otra vez)",
)
_SIMPLER_QU = patterns(
    r"(?:aswan|mas) (?:fasil\w*|simpli\w*|sut'?i\w*|sasa mana|allin\w*|klaru\w*|chuya\w*)(?: \w+)?",
    r"mana\w* (?:\w+ )?(?:intindi\w*|hamuta\w*|yachapa\w*)(?:chu)?",
)
_EVERYTHING = patterns(
    r"(?:di(?:me|game|ganme)|cuent\w+|quiero saber|explic\w+|inform\w+|dame|deme|necesito saber|saber|quisiera saber)"
    r"(?: \w+){0,2}? (?:todo|toda la informacion|todos los datos)\b(?! (?:lo que|los papeles|los requisitos|los documentos))",
    r"^(?:todo|toda la informacion|todo completo|todos los datos)(?: (?:sobre|de|del|acerca).*)?$|informacion completa",
)
_EVERYTHING_QU = patterns(
    r"(?:llapan\w*|lliw\w*|tukuy\w*) (?:willa|ni)\w*(?:way|waychik|wankiman\w*)|(?:willa|ni)\w*way (?:llapan\w*|lliw\w*|tukuy\w*)"
)
_THANKS = re.compile(
    r"^(?:(?:ok|ya|listo|bueno|perfecto|muy bien|excelente|ah|chevere|bacan|entiendo|entendido) )*(?:muchas |muchisimas |mil |muy )?"
    r"(?:gracias|agradecid[oa]|te agradezco|le agradezco)(?: \w+){0,3}$"
)
_NOT_THANKS = re.compile(r"\b(?:pero|y|cuanto|donde|que|como|cuando|por nada)\b")
_REPEATS_QU = patterns(
    r"^(?:\w+ )?(?:hu[kq]manta|hu[kq]tawan|yapamanta|musuqmanta|kutirispa) (?:ni|willa|riman?)\w*$",
    r"^(?:hu[kq]manta|hu[kq]tawan|yapamanta)$",
)
_GOES_ON = re.compile(
    r"^(?:(?:ok|okey|ya|bueno|ah|entonces|pues|listo|y) )*y (?:(?:el|la|los|las|de|del|para|en|lo|con|mi|su) )*[\w ]+$"
)
_ASKS = re.compile(
    r"\b(?:que|cuanto|cuanta|cuantos|cuantas|cuando|como|donde|quien|cual|por|hay|puedo|puede|se|si|tengo|cuesta|demora|"
    r"piden|pido|necesito|requisitos|costo|plazo|pasos|horario|telefono|direccion|cita|hora|dias|precio|sirve|vence|dura|esta|"
    r"abren|atienden|pago|paga|cobran|vale|papeles|documentos|web|internet|contacto|correo|formulario|ley)\b"
)
_WISHES = frozenset(
    "quiero quisiera necesito tramite tramites deseo busco munani munayku documento documentos papel papeles tramiteta "
    "ayudame ayudeme consulta consultar consultita".split()
)
_GENERIC = frozenset(
    "hacer realizar sacar sobre algo algun alguno hola buenas buenos dias tardes noches por favor porfa pues ahi aqui eso esto coso cosa "
    "cosito ruwayta ruway huk imata ayuda informacion saber tengo una duda hacerle ver".split()
)
# How a question is asked, whatever it is about.
_ASKING = frozenset(
    "que q cuanto cuanta cuantos cuantas cuando como donde quien cual hay puedo puede pueden podria cuesta cuestan vale sale salir demora demorar "
    "tarda dura piden pide pido pagar cobran llevo llevar presentar queda atienden abren hora horas internet decir dice diga digame indicar "
    "indicame indique info seria serian tengo hago hacerlo sacarlo van va ser sirve vence debo ir".split()
)
_FEW = 6  # words
_LATER = 60  # characters: a longer message tells what it wants in its own words


def corrects(text: str) -> bool:
    """Whether `text` takes back what was understood: "no, la renovación", "manan chaychu"."""
    reading = Reading.of(text)
    return any_in(_CORRECTS, reading.spanish) or any_in(_CORRECTS_QU, reading.quechua)


def wants_all(text: str) -> bool:
    """Whether every choice is wanted: "los tres", "ambos", "iskayninta"."""
    reading = Reading.of(text)
    return any_in(_ALL, reading.spanish) or any_in(_ALL_QU, reading.quechua)


def wants_other(text: str) -> bool:
    """Whether the choice that was not taken is wanted: "¿y el otro?", "wak kaqta"."""
    reading = Reading.of(text)
    return any_in(_OTHER, reading.spanish) or any_in(_OTHER_QU, reading.quechua)


def wants_simpler(text: str) -> bool:
    """Whether the answer before was too hard: "más simple", "aswan fácilta"."""
    reading = Reading.of(text)
    return any_in(_SIMPLER, reading.spanish) or any_in(_SIMPLER_QU, reading.quechua)


def wants_everything(text: str) -> bool:
    """Whether all there is to know is wanted: "dime todo", "llapanta willaway"."""
    reading = Reading.of(text)
    return any_in(_EVERYTHING, reading.spanish) or any_in(_EVERYTHING_QU, reading.quechua)


def wants_repeat(text: str) -> bool:
    """Whether the last answer is wanted again, in the words only Quechua says it with."""
    return any_in(_REPEATS_QU, Reading.of(text).quechua)


def goes_on(text: str) -> bool:
    """Whether `text` only puts another thing in the place of the last: "¿y la de defunción?", "ok y el otro"."""
    spanish = Reading.of(text).spanish
    return bool(_GOES_ON.search(spanish)) and len(spanish.split()) <= _FEW and not _ASKS.search(spanish)


def is_vague(text: str) -> bool:
    """Whether something is wanted and nothing said of it: "quiero hacer un trámite"."""
    words = set(Reading.of(text).spanish.split())
    return bool(words & _WISHES) and not words - _WISHES - _GENERIC - FUNCTION_WORDS


def names_nothing(text: str) -> bool:
    """Whether `text` has no word a trámite could be told by: "me puede decir los requisitos por favor"."""
    words = set(folded_words(text))
    asked = {word for word in words if not is_courtesy(word)}
    return bool(words) and asked <= QUESTION_WORDS | FUNCTION_WORDS | _WISHES | _GENERIC | _ASKING


def has_wish(text: str) -> bool:
    """Whether `text` says that something is wanted."""
    return bool(set(Reading.of(text).spanish.split()) & _WISHES)


def thanks(text: str) -> bool:
    """Whether `text` is a word of thanks and asks nothing."""
    spanish = Reading.of(text).spanish
    return len(spanish) <= _LATER and bool(_THANKS.search(spanish)) and not _NOT_THANKS.search(spanish)


def plain_intent(text: str, *, choosing: bool, talking: bool) -> str | None:
    """The intent that the words leave no doubt of; most of them only go on with a talk (`talking`, `choosing`)."""
    if thanks(text):
        return "agradecimiento"
    if wants_everything(text):
        return "todo"
    if says_only_place(text) and not choosing:
        return "donde"
    return _in_talk(text) if talking else None


def _in_talk(text: str) -> str | None:
    signs = (
        ("repetir", wants_repeat),
        ("mas_simple", wants_simpler),
        ("elegir", wants_all),
        ("elegir", wants_other),
        ("para_quien", says_only_whom),
        ("corregir", corrects),
        ("nombrar_tramite", goes_on),
    )
    return next((intent for intent, says in signs if says(text)), None)
