"""Signs that the citizen asks for the state of a file of their own, which the assistant cannot see."""

from __future__ import annotations

from assistant.signs.reading import Reading, any_in, patterns

_FILE = (
    "expedientes?|solicitud(?:es)?|tramites?|reclamo|caso|cita|pago|multas?|deudas?|papeletas?|"
    "afiliacion|pension|bono"
)
# What is only said of a file under way.
_PLAIN = patterns(
    r"habra salido|salio(?! (?:improcedente|denegad|observad|rechazad|infundad))|estara list[oa]|"
    r"(?<!tiempo )esta list[oa]|"
    r"estaran? para recoger\w*",
    r"ya (?:estara|esta|estan|llego|habra llegado|aprobaron|firmaron|resolvieron|depositaron|imprimieron)",
    r"en que (?:va|van|quedo|anda|estado|situacion|etapa)|que paso con (?:mi|el mio|la mia|lo mio)",
    rf"estado (?:de|del) (?:mi |mis |el )?(?:{_FILE})|mi expediente|numero de (?:mi )?(?:expediente|"
    rf"solicitud)|seguimiento",
    r"sigue (?:en (?:tramite|proceso|evaluacion)|igual|observad[oa]|pendiente)|(?:solicitud|expediente|"
    r"tramite) (?:n |nro |numero )?\d[\d-]+",
    r"ya (?:me )?(?:la|lo) (?:aprobaron|firmaron|resolvieron)|mi (?:solicitud|"
    r"pension)(?: \d[\d-]*)? (?:fue aprobada|la aprobaron)",
)
_ANY = patterns(
    r"ya (?:sale|salga|termino|vencio mi plazo|aparece|esta)|list[oa] mi|"
    r"mi \w+(?: \w+)? (?:ya )?(?:esta|estara) list[oa]",
    rf"como (?:va|van|sigue|anda|quedo)|(?:mi|mis|nuestro|nuestra) (?:{_FILE})|expediente|(?:revis\w+|"
    rf"ver|mir\w+|verific\w+|consult\w+) mi",
    r"cuando me (?:llega|llegara|toca|entregan|entregaran|depositan|pagan|sale)",
    r"(?:no|todavia|aun|hasta (?:ahora|hoy|el momento|la fecha))(?: \w+){0,4}? (?:sale|salen|llega|"
    r"llegan|responden|respondido|"
    r"contestan|contestado|entregan|entregado|aprueban|avisan|avisado|depositan|salido|llegado)|y nada|"
    r"sin respuesta",
    r"hace (?:mas de |como |casi )?(?:un|una|dos|tres|cuatro|cinco|seis|\d+|varios|varias|"
    r"muchos) (?:dias?|semanas?|mes|meses|años?)",
    r"tengo (?:\w+ )?(?:multas?|deudas?|papeletas?|puntos|antecedentes|denuncias?|requisitoria)|"
    r"cuanto debo(?! \w+[aei]r\b)|es mi deuda",
    r"(?:estoy|sigo|esta|figuro|aparezco|salgo|sali) (?:\w+ )?(?:afiliad|inscrit|registrad|activ|"
    r"beneficiari|beneficiad|en (?:el|la|infocorp))\w*",
    r"me (?:aprobaron|rechazaron|depositaron|toca el|toco)|mi (?:numero de )?dni es|a que nombre esta|"
    r"por que (?:me )?(?:no|demora|tarda|rechaz)\w*",
    r"pag(?:ue|o) (?:\w+ ){0,3}(?:recibo|veces|error|sale)|esta activo|años de aporte|cuando es mi|"
    r"para que dia es|mi \w+ para que dia",
    r"\d{6,}|\d{4}-\d{3,}",
)
_QU_PLAIN = patterns(
    r"(?:lluqsi|chaya|listu|kachka|kasa|tuku|aprub|firma|inprim|ruwa|qu)\w*ñachu|ña (?:lluqsi|chaya|"
    r"listu|tuku|aprub)\w*chu",
    r"(?:maypi|imayna|imapi)ña\w*",
    r"(?:iqspidiinti|ispidinti|ixpidinti)\w*",
)
_QU_ANY = patterns(
    r"(?:sulisitud|tramiti|papil|pinsiyun|pinsiun|multa|papilita|sita|kasu|bunu)(?:niy|y)\w*",
    r"\w+ñachu|imayna(?:m|n|taq)? (?:ka(?:chka|sa|sya)n)",
    r"(?:killa|simana|wata|unay|punchaw)ña(?:m|n)?|suya(?:chka|sa|sya)ni|mana(?:raq|m)? \w*(?:lluqsi|"
    r"kutichi|qutichi|chayamu|qu)\w+",
    r"imana(?:sqa|pti)\w*|dibini\w*|\w*dicu?ni|afiliyadu\w*|kachkanichu|kasanichu|chaskisaqchu|qaway\w*|"
    r"qawaykuway|pagarqaniña",
    r"\d{6,}|\d{4}-\d{3,}",
)


def has_own_file(text: str) -> bool:
    """Whether anything in `text` may be about a file of one's own."""
    reading = Reading.of(text)
    return any_in(_ANY, reading.spanish) or any_in(_QU_ANY, reading.quechua) or asks_state(text)


def asks_state(text: str) -> bool:
    """Whether `text` says what is only said of a file under way: "ya salió", "lluqsimunñachu"."""
    reading = Reading.of(text)
    return any_in(_PLAIN, reading.spanish) or any_in(_QU_PLAIN, reading.quechua)
