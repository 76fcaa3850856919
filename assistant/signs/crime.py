"""Signs that what is asked is against the law: a bribe, a forged paper, somebody else's name. Telling of one is none.

Few patterns, each with the deed and its purpose: an honest citizen refused as a criminal is worse than a question
about a bribe that is answered with the official fee.
"""

from __future__ import annotations

from assistant.signs.reading import Reading, any_in, patterns

_PAPER = r"dni|brevete|licencia|partida|acta|certificado|titulo|antecedentes|pasaporte|carnet?|documento|papel(?:es)?|constancia|boleta|firma|sello|diploma|factura"
_FALSE = r"truch[oa]s?|bamb[ao]s?|fals[oa]s?|falsificad[oa]s?|adulterad[oa]s?|clonad[oa]s?"
_GET = r"quiero|necesito|busco|compr(?:o|ar)|consig(?:o|ue|uen)|conseguir|venden?|hacen|hacer|sacar|saco|imprimir"
_PAY = r"a quien le|dejo|dejarle|pag(?:o|ar|arle|arles|ue)|paso|pasarle|pasarles|d(?:oy|ar|arle|arles)|ofrec(?:er|erle|ezco)|suelto|soltar(?:le)?|coim(?:a|ear|eo)|soborn(?:o|ar)|plata|propina"
_OFFICIAL = (
    r"inspector\w*|examinador\w*|evaluador\w*|policia\w*|funcionari\w*|juez\w*|fiscal\w*|registrador\w*|secretari\w*|emplead\w*|"
    r"encargad\w*|alguien|(?:a quien|al del examen)|(?:de|del|por) (?:adentro|dentro)"
)
_DONE = r"para que|pa que|y que|y asi"
_ES = patterns(
    # forged papers
    rf"(?:{_GET})(?: \w+){{0,3}}? (?:{_PAPER})s?(?: \w+){{0,2}}? (?:{_FALSE})|(?:{_GET})(?: \w+){{0,2}}? (?:{_FALSE})$",
    r"(?:como|quiero|puedo|necesito) (?:\w+ )?(?:falsific|adulter|clon)(?:ar|o)\w*|imitar (?:la |su |mi )?firma",
    rf"(?:venden?|compr(?:o|ar)|consig\w+)(?: \w+){{0,3}}? (?:{_PAPER})s?(?: \w+){{0,3}}? (?:ya |sin examen|firmad\w+|sin dar|sin rendir)",
    # money to somebody so that something is done
    rf"(?:{_PAY})(?: \w+){{0,5}}? (?:{_OFFICIAL})(?: \w+){{0,4}}? (?:{_DONE})|(?:{_PAY})(?: \w+){{0,2}}? (?:de|por) (?:adentro|dentro|lo bajo)",
    r"(?:cuanto|como|puedo|quiero) (?:\w+ ){0,3}?(?:coima|coimear|sobornar|romp\w+ la mano|aceitar)|bajo la mesa para que",
    r"(?:pag\w+|plata|dinero|cobran?)(?: \w+){0,4}? (?:para|por) (?:que )?(?:me |le |lo )?(?:aprueben?|aprobar(?:me)?|hacerme aprobar|pasen)(?: \w+){0,3}? (?:examen\w*|prueba|evaluacion)",
    r"(?:compr(?:o|ar)|venden?|vendes?|consig\w+)(?: \w+){0,3}? (?:respuestas|nota|resultado|examen)(?: \w+){0,3}? (?:del examen|de manejo|de conocimientos|de reglas|medico|psicologico|aprobad\w+)",
    # somebody else's name, age or death
    r"(?:usar|uso|prestar(?:me)?|alquilar) (?:el |la )?(?:brevete|licencia|dni|carnet|sis|seguro) (?:de mi|de otr[oa]|de un amigo|prestad\w+)(?! (?:hij|madre|mama|papa|padre))",
    r"(?:seguir |sigo )?cobr(?:ar|ando)(?: \w+){0,6}? (?:que )?(?:ya )?(?:fallecio|murio|muert[oa]|difunt[oa]|fallecid[oa])|hag\w+ figurar(?: \w+){0,3}? viv[oa]",
    r"(?:dni|partida|documento|identidad)(?: \w+){0,4}? (?:con|a) (?:otra edad|otro nombre|nombre falso)|hac(?:er|erme|erse) pasar por",
    r"(?:borr|limpi|desaparec)\w+(?: \w+){0,3}? (?:antecedentes|papeletas|multas)(?: \w+){0,3}? (?:pagando|con plata|del sistema|por (?:lo bajo|fuera|adentro))",
)
# Who was asked for it, was cheated, or wants to know whether something is genuine, tells and does not ask.
_TOLD = patterns(
    r"denunci\w+|quej\w+|reclam\w+|report\w+|verific\w+|me (?:estaf|suplant|falsific|clon|enga)\w+|(?:como|para) (?:se|saber) si",
    r"(?:me|nos) (?:(?:estan|esta|quieren|quiere|quisieron) )?(?:pid|ped|cobr|exig|ofrec|vend|dieron)\w*|(?:quieren|quiere|pretenden) que (?:le|les)? ?(?:pague|de)",
    r"(?:tengo|compre|recibi|encontre|descubri|usaron|usan|sacaron|abrieron|estan usando)(?: \w+){0,4}? (?:fals\w+|truch\w+|mi nombre|mi dni|mis datos|mi firma|mi identidad)",
)
_QU_PAPER = (
    r"(?:dni|bribit|partida|sirtifikadu|pasapurti|papil|lisinsiya|titulu|firma|antisidinti|akta|ricita)\w*"
)
_QU = patterns(
    rf"(?:llulla|falsu|truchu|trucha|mana chiqap|mana chiqaq) (?:\w+ )?{_QU_PAPER}|{_QU_PAPER} (?:llulla|falsu|truchu)\w*|falsifika\w+",
    r"(?:pulisiya|huwis|iqsaminadur|inspiqtur|funsiyunariyu|kamachikuq|atindiq)\w* (?:\w+ ){0,3}?(?:qulqi|plata)\w* (?:\w+ )?(?:qu|pasa|paga)\w*",
    r"(?:qulqi|plata)\w* (?:\w+ ){0,3}?(?:qu|pasa|paga)(?:spa|saq|yman|spaykuchu)\w* (?:\w+ ){0,3}?(?:usqay|utqay|apruba|mana iqsamin)\w*|kuyma\w*(?:saq|yman|spa)\w*",
    r"(?:wañusqa|wañuq)\w*(?: \w+){0,3}? (?:pinsiyun|qulqi|bunu)\w*(?: \w+){0,2}? (?:cubra|kubra|chaskiku)\w*|(?:huk|wak) runapa (?:sutin|dnin)wan\w*",
)
_QU_TOLD = patterns(r"(?:dinunsya|dinunsiya|riqlama|kiha|mañawa|mañamuwa|suwawa|ruwawa)\w*")


def asks_for_a_crime(text: str) -> bool:
    """Whether `text` asks how to do what the law forbids; not who was asked for a bribe or was cheated."""
    reading = Reading.of(text)
    if any_in(_TOLD, reading.spanish) or any_in(_QU_TOLD, reading.quechua):
        return False
    return any_in(_ES, reading.spanish) or any_in(_QU, reading.quechua)
