"""Signs that the citizen wants to be attended or called by a person."""

from __future__ import annotations

import re

from assistant.signs.reading import Reading, any_in, patterns

# The words below are also part of trámites: those are no wish.
_NOT_A_WISH = re.compile(
    r"\b(?:otra persona|otras personas|(?:cada|por|en) persona|personas? (?:natural\w*|juridica\w*|"
    r"con discapacidad|con \w+|mayor\w*|"
    r"adulta\w*|extranjera\w*|fallecida\w*|encargada|autorizada\w*|que (?:fallecio|murio|no|tiene|"
    r"cuida))|agentes? (?:de|del|bancario|bcp|multired)|"
    r"operador\w* (?:de|del|telefonic\w+|movil)|(?:mi|la|las|los|una) operador\w*|"
    r"representantes? legal(?:es)?|recursos humanos|derechos humanos|"
    r"alguien mas|numero de|asesor(?:es|ia)? (?:legal|contable|inmobiliari\w+|financier\w+))\b"
)
_PERSON = (
    "personas?|human[oa]s?|asesor(?:a|es|as)?|agente|operador(?:a|es|as)?|teleoperador(?:a|es)?|alguien|"
    "funcionari[oa]|ejecutiv[oa]|"
    "representante|señorita|encargad[oa]|personal|ser humano|servidor|gente"
)
_ES = patterns(
    # "me atienda una persona", "hablar con alguien", "pásame con la señorita"
    rf"(?:me (?:atienda|atiende|atiendan|ayude|oriente|responda|llame|conteste|pueda? (?:atender|ayudar|"
    rf"llamar))|me puede (?:atender|ayudar|llamar))"
    rf"(?: \w+){{0,3}}? (?:{_PERSON})",
    rf"(?:hablar|ablar|hablame|conversar|platicar|chatear|comunicar(?:me)?|comunic(?:ame|ueme|arme)|"
    rf"comuniquenme|contact(?:ame|eme|arme)|"
    rf"pas(?:ame|eme|enme)|transfier(?:eme|ame|enme)|deriv(?:ame|eme|enme)|conect(?:ame|eme|"
    rf"enme))(?: directamente| mejor| ya)? (?:con|a)"
    rf"(?: \w+){{0,2}}? (?:{_PERSON})",
    r"(?:alguien|persona|asesor|asesora|humano|agente|operador|operadora|"
    r"señorita)(?: \w+){0,3}? (?:que )?me (?:pueda |puede |podria )?"
    r"(?:atienda|atender|ayude|ayudar|llame|llamar|oriente|orientar|explique|explicar|responda|"
    r"responder|conteste)",
    r"(?:quiero|necesito|prefiero|deseo|busco|solicito|exijo|pido|dame|denme|deme|hay|habra|tienen|con|"
    r"mejor|un|una|algun|alguna) "
    r"(?:\w+ )?(?:asesor|asesora|human[oa]|agente|operador|operadora|teleoperador\w*|funcionari[oa]|"
    r"ser humano)",
    r"(?:quiero|necesito|prefiero|deseo|mejor) (?:a |que sea |una? )?persona(?: real| de verdad|"
    r" de carne y hueso| humana| por favor)?$",
    r"persona (?:real|de verdad|de carne y hueso|humana|viva)|alguien (?:real|de verdad|"
    r"de carne y hueso)|atencion (?:humana|personalizada)",
    rf"^(?:un |una |con |el |la )?(?:{_PERSON}|representante)(?: por favor| porfa| ya| urgente)*$",
    r"(?:no (?:quiero|deseo)|odio)(?: \w+){0,3}? (?:robot|maquina|bot|grabadora)",
    r"llamen?me|llama me|me llamen?|(?:me )?(?:pueden?|podrian?|podria) llamar(?:me)?|llamarme|"
    r"que me (?:devuelvan|regresen) la llamada|"
    r"me devuelven la llamada|espero su llamada|hay alguien ahi|transfier[ae]n?me|^alo mac$|con alo mac",
)
_NOT_CALLED = re.compile(
    r"\b(?:como|donde|a quien|que numero|numero|telefono)\b.*\b(?:puedo|podria) llamar\b|\bpuedo llamar\b"
)

# qayay and waqyay with "to me": call me; runawan: with a person; asesor and its like with Quechua suffixes
_QU_CALL = (
    r"(?:qaya|qayay|waqya|waqa|llama|tilifuna)(?:yka|yku|ri|pa|mu|ku){0,3}"
    r"wa(?:y|ychik|ychis|chun|chunku|nkiman\w*|nkichu|nkimanchu|yku)\w*"
)
_QU_SPEAK = r"(?:rima|parla|muna|tapu|atiindi|yanapa|kutichi|willa|kanchu|kachkan|kasan|pasa)\w*"
_QU_PERSON = r"(?:asisur|agint|upiradur|humanu|funsiyunariyu|inkargadu|siñurita)\w*"
_QU = patterns(
    _QU_CALL,
    rf"runa(?:puni|lla)?wan(?:mi|puni|qa)? (?:\w+ )?{_QU_SPEAK}|{_QU_SPEAK} runa(?:puni|lla)?wan|"
    rf"^(?:huk )?runa(?:puni|lla)?wan(?:mi)?$",
    r"runa ?(?:simi )?rimaq(?:wan|ta)?\w*|runasimi rimaq(?:wan|ta)?\w*",
    rf"{_QU_PERSON} (?:\w+ )?{_QU_SPEAK}|{_QU_SPEAK} (?:\w+ )?{_QU_PERSON}",
    r"(?:runa|runam|runaqa|pi(?:pas|llapas)|runapuni) (?:\w+ )?(?:yanapa|atiindi|kutichi|qaya|waqya|"
    r"willa)\w*wa(?:chun|nman)\w*",
    r"(?:runata|runatam|runata puni) muna\w+|runa kanchu|runachu kachkan|runachu kasan",
    rf"^{_QU_PERSON}$|pilla(?:wan)?(?:pas|wanpas) (?:rima|parla)\w+|runa (?:atiindi|yanapa)\w+|"
    rf"alu (?:mak|maq)wan \w+",
    r"mana\w* (?:makina|rubut|bot)wan(?:chu)? (?:rima|parla)\w+|(?:makina|rubut)wan\w* mana\w* (?:rima|"
    r"muna)\w+",
)
_QU_NOT = re.compile(
    r"\b(?:runawanchu|makinawanchu|rubutwanchu)\b(?!.*\bmuna)"
)  # "am I talking with a person?"


def wants_person(text: str) -> bool:
    """Whether `text` plainly asks to be attended, or called, by a person."""
    reading = Reading.of(text)
    spanish = _NOT_A_WISH.sub(" ", reading.spanish).strip()
    if any_in(_ES, spanish) and not _NOT_CALLED.search(spanish):
        return True
    return any_in(_QU, reading.quechua) and not _QU_NOT.search(reading.quechua)
