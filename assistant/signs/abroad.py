"""Signs that what is asked is given by another state, or is no question at all."""

from __future__ import annotations

import re

from assistant.signs.reading import Reading, any_in, patterns
from lenguas.normalise import key
from lenguas.tokens import tokens

# Countries, and the cities and states most Peruvians abroad live in. Compostela and its like have two words.
_COUNTRY = (
    "chile|españa|estados unidos|eeuu|ee uu|usa|mexico|bolivia|argentina|colombia|venezuela|ecuador|brasil|italia|francia|alemania|"
    "canada|japon|china|portugal|inglaterra|reino unido|suiza|panama|uruguay|paraguay|cuba|australia|corea|puerto rico|"
    "republica dominicana|haiti|rusia|ucrania|guatemala|honduras|el salvador|nicaragua|costa rica|belgica|holanda|paises bajos|suecia|"
    "noruega|dinamarca|finlandia|austria|polonia|grecia|turquia|israel|egipto|marruecos|india|nueva zelanda|irlanda|escocia|europa|"
    "norteamerica|emiratos|dubai|taiwan|tailandia|filipinas|hungria|rumania|sudafrica|luxemburgo|andorra|"
    "florida|miami|texas|california|nueva york|new york|nueva jersey|new jersey|virginia|washington|chicago|madrid|barcelona|"
    "valencia|sevilla|buenos aires|cordoba argentina|mendoza|bogota|medellin|caracas|maracaibo|quito|guayaquil|loja|la paz|el alto|santa cruz|"
    "santiago de chile|arica|iquique|antofagasta|valparaiso|sao paulo|rio de janeiro|milan|roma|paris|londres|tokio|berlin|lisboa|toronto|montevideo"
)
_OF_A_COUNTRY = (
    "chilen|español|estadounidense|american|norteamerican|mexican|bolivian|argentin|colombian|venezolan|ecuatorian|brasileñ|brasiler|"
    "italian|frances|aleman|canadiense|japones|chin|portugues|ingles|suiz|panameñ|uruguay|paraguay|cuban|gring|europe|britanic|"
    "dominican|haitian|rus|ucranian|guatemaltec|hondureñ|salvadoreñ|nicaraguens|costarricens|belg|holandes|suec|norueg|polac|grieg|turc|"
    "israeli|australian|corean|irlandes|hindu|extranjer"
)
_DOCUMENT = (
    "pasaportes?|dni|licencia|brevete|carnet?|cedula|partida|acta|ruc|nacionalidad|ciudadania|visado|"
    "residencia|green card|seguro|"
    "antecedentes|impuestos|tarjeta|permiso|rut"
)
# What Peru itself does for those who travel, or for those who come.
_OF_PERU = patterns(
    r"peruan\w+|peru|apostill\w+|legaliz\w+|carn[e]?t? de extranjer\w*|canje\w*|revalid\w*|convalid\w*|calidad migratoria|migraciones|"
    r"residente|consulado peruano|"
    r"ministerio de relaciones exteriores"
)
_ES = patterns(
    r"green ?card|greencard|curp|rfc|social security|seguro social (?:de|en) (?:estados unidos|eeuu|"
    r"usa)|tarjeta verde|"
    r"nie español|empadronarme|arraigo|uscis|homeland",
    r"(?:mi |el |un )?(?:rut|run) (?:chilen\w+|de chile|en chile)|(?:mi|el|un|sacar|tramitar) rut",
    r"visas?(?: \w+){0,2} (?:americana|estadounidense|gringa|de turista|schengen|de trabajo|"
    r"de estudiante|de estudios)",
    rf"visa(?:do|s)?(?: \w+){{0,3}} (?:para|a|de|en) (?:los |la )?(?:{_COUNTRY})|"
    rf"(?:{_COUNTRY})(?: \w+)? visa(?:do)?",
    r"(?:saco|sacar|obtener|obtengo|tramitar|tramito|pedir|solicitar|consigo|conseguir|necesito|quiero|"
    r"dan|cuesta|requisitos (?:de|para))"
    r" (?:la |una |mi |el )?visa(?:do)?",
    rf"(?:{_DOCUMENT})(?: (?!(?:a|para|en|hacia|soy|es)\b)\w+){{0,3}}? (?:{_OF_A_COUNTRY})(?:[oa]s?|es|a|esa)?",
    rf"(?:nacionalidad|ciudadania|residencia|licencia|brevete|cedula|impuestos|seguro|asilo|green card|"
    rf"permiso de \w+)(?: \w+){{0,2}}? "
    rf"(?:de|en|por) (?:los |la )?(?:{_COUNTRY})",
    rf"(?:{_DOCUMENT})(?: \w+){{0,3}}? de (?:los |la )?(?:{_COUNTRY})",
    rf"(?:{_DOCUMENT})(?: \w+){{0,2}}? (?:de otro|de un|del|de ese|de mi) pais(?: extranjero| de origen| de alla)?|(?:requisitos|documentos|papeles|tramites?)(?: \w+){{0,4}}? "
    rf"(?:para|de) (?:emigrar|migrar|irme a vivir|vivir|trabajar|estudiar|residir) (?:a|en) (?:los |la |el )?(?:{_COUNTRY})",
    rf"embajada (?:de|en)(?: los| la)? (?:{_COUNTRY})|embajada american\w+",
)
_VISA_CARD = re.compile(r"\b(?:tarjeta|pag\w+|credito|debito|acept\w+|mastercard)\b")
_QU_COUNTRY = (
    "|".join(" ".join(key(word) for word in name.split()) for name in _COUNTRY.split("|"))
    + "|ispaña|buliwiya|mihiku|istadus unidus|kastilla llaqta|gringukuna|wak (?:suyu|nasiyun|pais|llaqta)|huk (?:suyu|nasiyun|pais)|hawa (?:suyu|llaqta)"
)
_QU_PAPER = (
    "dnii?|pasapurti|sidula|lisinsiya|bribiti?|ruth?|karnit?|partida|akta|nasiyunalidad|siyudadaniya|risidinsiya|antisidintis?|pirmisu|"
    "duqumintu|papil|sirtifikadu|kikin ?cha"
)
_QU = patterns(
    r"(?:bisa|wisa|wisadu)(?:ta|paq|manta|y|yta|qa|pa)?",
    r"griin kard\w*|rutninta|ruth?ta",
    rf"(?:{_QU_COUNTRY})(?:pi|pa|p)?(?:qa|m|n|mi|taq)? (?:\w+ )?(?:llaqta\w* )?(?:{_QU_PAPER})(?:ni)?(?:y|yki|n|nchik|ta|pa|manta|paq|qa|m|mi|nta|yta)*",
    rf"(?:{_QU_PAPER})\w* (?:{_QU_COUNTRY})(?:manta|pi|pa)\w* (?:urqu|hurqu|saca|saka|musuqcha|rinuba|tramita)\w*",
)


def is_of_another_state(text: str) -> bool:
    """Whether `text` asks for what only another state gives: its visa, its papers."""
    reading = Reading.of(text)
    if any_in(_OF_PERU, reading.spanish):
        return False
    if _VISA_CARD.search(reading.spanish):
        return False
    return any_in(_ES, reading.spanish) or any_in(_QU, reading.quechua)


def is_only_numbers(text: str) -> bool:
    """Whether `text` has no word at all, only figures."""
    found = tokens(text)
    return bool(found) and not any(letter.isalpha() for token in found for letter in token)
