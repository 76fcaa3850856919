"""Signs that the citizen wants to be attended or called by a person."""

from __future__ import annotations

import re

from assistant.signs.near import Spelling
from assistant.signs.reading import Reading, any_in, patterns

# --- who: people of an office, and people at all ---------------------------------------------------------------
_STAFF = (
    r"asesor(?:a|es|as|cit[oa])?|agentes?|(?:tele)?operador(?:a|es|as)?|telefonista|funcionari[oa]s?|ejecutiv[oa]|"
    r"representante|encargad[oa]s?|orientador(?:a|es)?|supervisor(?:a|es)?|trabajador(?:a|es)?|emplead[oa]s?|"
    r"servidor(?:a|es)?(?: public[oa]s?)?|especialistas?|gestor(?:a|es)?|operari[oa]|recepcionista|alo mac"
)
_PEOPLE = r"personas?|personita|human[oa]s?|ser(?:es)? humanos?|alguien|alguno de ustedes|gente|personal(?= (?:humano|de|del|que)|$)"
_CALLED = (
    r"(?:un|una|el|la|su|otr[oa]|algun|alguna) (?:señorit[ao]|señor|señora|joven|chic[oa]|dama|caballero)"
)
_SOMEBODY = rf"{_STAFF}|{_PEOPLE}|{_CALLED}"
_REAL = r"(?:de verdad|real(?:es)?|de carne y hueso|verdader[oa]s?|viv[oa]s?|human[oa]s?|fisica|en vivo)"
_MACHINE = (
    r"robot(?:s|cito|es)?|chat ?bots?|bots?|maquin(?:a|as|ita)|contestador(?:a|es)?|grabadora|grabacion(?:es)?|"
    r"computadora|aparatos?|inteligencia artificial|(?:respuestas?|mensajes?) automatic[oa]s?|asistente virtual"
)

# --- what they are to do ---------------------------------------------------------------------------------------
_STEMS = (
    "habl|convers|platic|charl|chate|dialog|comunic|comuniqu|contact|pas|deriv|conect|transf[ie]+r|pong|pon|enlac|enlaz|atiend|"
    "atend|llam|expliqu|explic|orient|ayud|contest|respond|escuch|asist|gui|vincul|cont[aá]ct|redirig|redirij|direccion"
)
_TO_TALK = (
    r"hablar(?:le|les)?|hablo|conversar|platicar|charlar|chatear|dialogar|comunicar(?:me|nos)?|contactar(?:me|nos)?|tratar|"
    r"consultar(?:le)?|explicar(?:le)|contar(?:le)|preguntar(?:le)|escribir(?:le)|llamada|conversacion|charla|comunicacion"
)
_TO_ME = rf"(?:{_STEMS})(?:a|e|en|an|as|o|i|is|eis|iendo|ando)?(?:me|nos)"
_ME_TO = (
    r"(?:me|nos) (?:(?:pueda[ns]?|puede[ns]?|podria[ns]?|quiera[ns]?|vaya[ns]? a|va[ns]? a|quiere[ns]?|ha[ns]? de) )?"
    rf"(?:{_STEMS})(?:a|e|an|en|ar|er|ir|aria|iera)?"
)
_TO_DO = rf"{_TO_ME}|{_ME_TO}|{_TO_TALK}"
_WANT = (
    r"quiero|quisiera(?:mos)?|queremos|kiero|necesit(?:o|amos|aria)|prefiero|preferiria|dese(?:o|aria|amos)|busco|solicito|exijo|pido|diga(?:me|nme)|"
    r"requiero|ocupo|(?:da|de|den|manda|mande|manden|envia|envie|envien|consigue|consiga|consigan|busca|busque|busquen|llama)(?:me|nos|le)|"
    r"ponme|ponganme|traeme|mejor|solo|puro|con|(?<!tarde )(?<!dia )hay|habra|tienen|tendran|existe"
)
_QUALIFIED = rf"(?: (?:{_REAL}|por favor|porfa|porfavor|ya|ahora|urgente|pues|aqui|ahi|disponibles?|conectad[oa]s?|en linea|ahorita|mejor|nomas|no mas))*"

# The words above are also part of trámites, and of what other offices have: those are no wish.
_NOT_A_WISH = re.compile(
    r"\b(?:otras? personas?|(?:cada|por|en|como) persona|personas? (?:natural\w*|juridica\w*|con discapacidad|"
    r"con (?!quien|la que|conocimiento)\w+|mayor\w*|adulta\w*|extranjera\w*|fallecida\w*|encargada|autorizada\w*|vulnerable\w*|privada\w*|"
    r"que (?:fallecio|murio|no (?!sea)|tiene|cuida|firma|trabaja|vive))|agentes? (?:de|del|bancari\w+|bcp|multired|retenedor\w*|banco)|"
    r"operador\w* (?:de|del|telefonic\w+|movil)|(?:mi|la|las|los) operador\w*|(?:mi|mis) (?:emplead|trabajador|encargad|representante|asesor)\w*|"
    r"representantes? legal(?:es)?|(?:recursos|derechos|desarrollo) humanos?|alguien mas|numero de|pas[ae](?:me|n)? (?:el|la) (?:numero|dato|link|direccion)|"
    r"(?:soy|como|planilla de|contratar (?:un |una |a un |a una )?|registrar (?:a )?(?:un |una |mi |mis )?|certificado de|seguro de|carne de|contra (?:un |el )?) "
    r"?(?:trabajador|emplead|funcionari|servidor|agente|operador|especialista)\w*|"
    r"trabajador\w* (?:del hogar|de construccion|independiente\w*)|"
    r"asesor(?:es|ia)? (?:legal|contable|inmobiliari\w+|financier\w+))\b"
)
_COURTESY = (
    r"hola|xfa|xfavor|porfis|plis|buenas?|buenos|dias|tardes|noches|por|favor|porfa|porfavor|ya|urgente|urgentemente|ahora|ahorita|pues|gracias|si|ok|un|una|con|el|la|"
    r"a|de|alo|aqui|ahi|nomas|mejor|entonces|disculpe|oiga|quiero|solo"
)
_HOW = r"(?:como|que|cual|cuanto|cuanta|donde|cuando|si|sobre|con|para|a|el|la|los|las|mi|en|de)"

_ES = patterns(
    # to talk with somebody, in either order; "alguien me explica cómo saco el RUC" asks how
    rf"(?:{_TO_DO})(?: \w+){{0,4}}? (?:{_SOMEBODY})",
    rf"(?:{_SOMEBODY})(?: \w+){{0,3}}? (?:{_TO_DO})(?! {_HOW}\b)",
    # somebody wanted, and nothing else said of them than what one wants of them
    rf"(?:{_WANT})(?: \w+)?(?: a| con| que sea| de)?(?: un| una| algun| alguna| la| el| su)? (?:{_STAFF}|{_PEOPLE}){_QUALIFIED}$",
    rf"(?:{_WANT})(?: un| una| algun| alguna| a)? (?:{_STAFF}|{_PEOPLE}) (?:que|para que|quien|con quien|disponible|de turno|capacitad[oa])",
    rf"^(?:(?:{_COURTESY}) )*(?:{_STAFF}|{_PEOPLE}){_QUALIFIED}(?: (?:{_COURTESY}))*$",
    r"(?:persona|alguien|gente) que (?:si )?(?:entienda|sepa|hable|conozca|domine|me |nos |oriente|guie)",
    rf"^(?:(?:{_COURTESY}) )*(?:transfier|deriv|comuniqu|comunic|conect|contact|enlac)(?:a|e|en|an)(?:me|nos)(?: (?:{_COURTESY}))*$",
    rf"(?:{_SOMEBODY}|algo) {_REAL}|(?:atencion|trato|ayuda|asistencia|asesoria|orientacion) (?:human|personal|personalizad|telefonic)\w*|"
    r"(?:atencion|trato|ayuda|asistencia|orientacion)(?: directa)? (?:de|con|por) (?:una |un )?(?:persona|human\w*|asesor\w*|operador\w*)",
    r"(?:hay|habra|esta|sigue) alguien (?:ahi|aqui|alli|atendiendo|disponible|conectad[oa]|en linea|detras|del otro lado|vivo)|alguien (?:ahi|contesta|responde)$",
    r"(?:con|a) quien (?:le )?(?:puedo|podria|debo|tengo que)? ?(?:hablar|conversar|comunicarme|preguntar)(?:le)?(?: en persona| personalmente| por telefono)?$",
    rf"^(?:(?:{_COURTESY}) )*(?:me|nos) (?:pueden?|podrian?) (?:transferir|derivar|comunicar|conectar|pasar)(?: (?:{_COURTESY}))*$",
    r"(?:me|nos) (?:pueden?|podrian?) (?:ayudar|atender|orientar|guiar|explicar) por (?:telefono|celular|llamada|videollamada)",
    r"(?:en|por) (?:linea|telefono|celular|llamada|videollamada|voz) con (?:alguien|ustedes|usted)|(?:hablar|conversar) con (?:ustedes|usted)",
    rf"(?:que |por favor )?(?:venga|vengan|aparezca|entre|conteste|responda|intervenga|participe) (?:un|una|el|la|algun|alguna)? ?(?:{_SOMEBODY})",
    # to be called
    r"(?:(?:ll|y)am|telefone|timbr|marqu|marc)(?:a|e|en|an|o)(?:me|nos)|(?<!no )(?:me|nos) (?:llam|telefone|timbr|marqu)(?:en?|an?)(?! la atencion\b)|"
    r"(?:me |nos )?(?:pueden?|podrian?|pudieran?|quisiera que|quiero que|pueda|puedan) (?:me )?(?:llamar|telefonear|timbrar)(?:me|nos)|"
    r"(?:me|nos) (?:pueden?|podrian?|pudieran?|van a|va a) (?:llamar|telefonear|timbrar)|"
    r"(?:quiero|espero|necesito|pido|prefiero|solicito|quisiera|agradeceria)(?: \w+){0,2} (?:una |su |la )?llamada|(?:den|dan|echen|hagan|haga|dame|deme|denme)(?:me|nos)?"
    r" una (?:llamad|timbrad|llamadit)\w*|(?:devuelv|regres|retorn)\w+ la llamada|"
    r"(?:comuniqu\w+|contact\w+|comunic\w+|pongan?se en contacto) conmigo|^(?:ll|y)amada$",
    rf"(?:habl[ae](?:me|nme|nos)|hablenme|que me hablen)(?: (?:por|en) (?:telefono|voz|persona|llamada|audio)| usted| tu)?(?: (?:{_COURTESY}))*$",
    # no machine
    rf"(?:no|ya no|nunca|tampoco) (?:me |le |se )?(?:quiero|deseo|quisiera|gustan?|puedo|entiendo|confio|fio|hablo|hablar|soporto|aguanto|se usar|converso|trato|atienda|comprendo)"
    rf"(?: \w+){{0,4}}? (?:{_MACHINE})|(?:odio|detesto|basta de|fuera|nada de|har[td][oa] de|cansad[oa] de|en vez de|en lugar de)(?: \w+){{0,3}}? (?:{_MACHINE})|"
    rf"no (?:un|una|con|a) (?:{_MACHINE})$|^no (?:{_MACHINE})$|sin (?:{_MACHINE})|(?:{_MACHINE}) no(?: por favor)?$",
)
_ABOUT_US = re.compile(
    rf"\b(?:{_MACHINE}|automatic[oa]) o \w+|\bo (?:eres |es |son |un |una )*(?:{_MACHINE})\b|"
    r"\b(?:eres|es usted|sos|(?<!mejor )(?<!prefiero )hablo con|estoy hablando con|converso con) (?:un |una |el )?(?:bot|robot|maquina|persona|human[oa]|real|grabadora|asesor\w*|programa)\b"
)
_SPEAKING = re.compile(
    r"\b(?:habl\w+|comuni\w+|conect\w+|pas[ae]\w*|aten\w+|atien\w+|quiero|deriv\w+|por favor|porfa)\b"
)
_NOT_CALLED = re.compile(
    r"\b(?:como|donde|a quien|que numero|numero|telefono)\b.*\b(?:puedo|podria|tengo que|debo) llamar\b|\bpuedo llamar\b|"
    r"\bcomo (?:se )?llama(?:n|s)?\b|\b(?:me|nos) llam(?:o|aron|amos|aban|aba)\b"
)
# What is told of others, or was: they called me, somebody explained it. Nothing is asked of us by it.
_TOLD = re.compile(
    r"\b(?:me (?:llamo|llamaron|dijeron|atendio|atendieron|explicaron|ayudaron)|(?:la|el) (?:señorita|señor|joven) (?:me )?(?:dijo|atendio|trato)) *"
)
_SPELLING = Spelling(
    (
        "hablar hablame hableme hablenme hablo conversar comunicar comunicarme comunicame comuniqueme comuniquenme contactar pasame paseme derivame deriveme transfiereme "
        "conectame atienda atiendan atender atenderme ayuden llamame llameme llamenme llamarme llamen persona personas humano humana asesor asesora "
        "agente operador operadora alguien señorita funcionario representante encargado quiero quisiera necesito prefiero deseo robot maquina "
        "trabajador"
    ).split(),
    (
        "tienda tiendas entienda entender tender hablan hablas habla llaman llamas llamado pasaje paseo pasado pasada asesoria asesores "
        "humanos humanas operadores trabajadora trabajadores trabajado quieren quieres quiera quero necesita necesite necesitas deseas desea "
        "prefieren agentes gente encargada encargados atiende atienden atendera ayudan ayuda ayuden derivado deriva comunica comunican "
        "comunicado comunicacion conectado personal personales persone funcionaria funcionarios contacto contactos alguno alguna señoritas "
        "llame llama llamada robo robos roto maquinas maquinaria quisieras queria llegaron llegar atiendo presente pasaron pasar"
    ).split(),
)

# --- Quechua: suffixes say who does what to whom, so stems of who and of what are enough ---------------------------
_QU_WHO = r"(?:runa|umanu|asisur(?:a|is)?|agint(?:i|is)?|upiradur(?:a)?|humanu|funsiyunariyu|siñurita|inkargadu|ripris?intanti|yanapakuq|yanapaq|llankaq|rimaq|impliyadu|tiliupiradur)"
_QU_END = r"(?:puni|lla|kuna|ña|raq)*"
_QU_TAIL = r"(?:mi|m|n|qa|taq|pas|puni|yá|ya|ri|lla|má)*"
_QU_TALK = (
    r"(?:chura|pasa|rima|parla|tapu|willa|kunbirsa|abla|cata|chatia|tinku|tupa|kumunika|kuntakta|intindi)"
)
_QU_HELP = r"(?:yanapa|atiindi|atindi|kutichi|qutichi|qaya|waqya|willa|uyari|rima|parla|pusa|yachachi|tapu|kunsiha|iqsplika|uya|qawa)"
_QU_ME = r"wa(?:y\w*|chun\w*|nman\w*|nkiman\w*|nkichu|nkichikman\w*|nkichik\w*|nanta|nanpaq|nqachu|nanchikpaq|naykichik\w*|naykita)"
_QU_CALL = (
    r"(?:qaya|qayay|waqya|waqa|llama|tilifuna|tinbra|timbra)(?:yka|yku|ri|pa|paya|mu|ku){0,3}"
    r"wa(?:y|ychik|ychis|chun|chunku|nkiman\w*|nkichu|nkimanchu|nmankuchu|nmanchu|nankuta|nanta|yku|nkichikman\w*)\w*"
)
_QU = patterns(
    _QU_CALL,
    rf"{_QU_WHO}{_QU_END}wan{_QU_TAIL}(?: \w+){{0,3}}? (?:{_QU_TALK}|at\w?indi|muna)\w*|{_QU_TALK}\w*(?: \w+){{0,2}}? {_QU_WHO}{_QU_END}wan{_QU_TAIL}",
    rf"^(?:huk |chiqap? |kikin |ñuqa |ama hina kaspa )*(?!siñurita)(?!runa(?:m|qa)?$){_QU_WHO}{_QU_END}(?:wan|ta|man)?{_QU_TAIL}(?: ama hina(?: kaspa\w*)?| kunan| utqayman)*$",
    rf"^(?:huk )?siñurita(?:wan|ta){_QU_TAIL}$",
    rf"{_QU_WHO}{_QU_END}(?:ta|man){_QU_TAIL}(?: \w+){{0,2}}? (?:muna|mañaku|maska|maskha|nisisita|apachi|chura|pasa|qu|qayachi|waqya|tinkuchi|rimachi|kachamu|willayku)\w*",
    r"(?:muna|nisisita|mañaku)ni(?:m|n)? (?:huk )?(?:runata|runawan|asisurta|asisurwan|upiradurta|agintita)\w*",
    rf"(?:(?!siñurita){_QU_WHO}{_QU_END}|pi(?:pas|llapas)){_QU_TAIL}(?: \w+){{0,3}}? {_QU_HELP}\w*{_QU_ME}",
    rf"{_QU_HELP}\w*{_QU_ME} (?:huk )?{_QU_WHO}{_QU_END}{_QU_TAIL}$",
    r"(?:runa|asisur|upiradur|agint|yanapakuq|rimaq)\w* (?:chaypi |kaypi )?(?:kanchu|kachkanchu|kasanchu|kasanchus|tiyanchu)|(?:runa|pi)(?:chu|pas)? (?:kachkan|kasan|kan)(?:chu)? (?:chaypi|kaypi|yanapa\w+)|"
    r"(?:kanchu|kachkanchu|kasanchu) (?:huk )?(?:runa|pipas|asisur|upiradur)\w*",
    r"pilla(?:wan)?(?:pas|wanpas) (?:rima|parla)\w+|pi(?:wan|llawan)pas (?:rima|parla)\w+|alu (?:mak|maq)wan \w+|runa ?simi ?rimaq(?:wan|ta)\w*|"
    r"(?:qichwa|runasimi|kichwa|kichuwa)ta rimaq(?:wan|ta|kuna\w*)?\w*(?: \w+)? (?:rima|parla|muna|atiindi|yanapa)\w*",
    r"(?:makina|rubut|bot|chatbut|kunputadura)\w*wan\w* mana\w* (?:rima|parla)\w+|mana\w* (?:kay |chay )?(?:makina|rubut|bot)\w*(?: \w+){0,2}? (?:rima|parla|muna|intindi|hamuta)\w+|"
    r"(?<!simipi )(?<!qichwapi )(?<!kichuwapi )(?<!kichwapi )(?<!kastillanupi )(?:rima|parla)payawa(?:y|ychik|chun)\w*|(?:rima|parla)chiwa(?:y|ychik|chun)\w*|^(?:ñuqawan )?(?:rima|parla)(?:yku|ri|payka)?(?:way|waychik|sun|sunchik)$",
)
# "am I talking with a person?", and people of whom something else is said
_QU_NOT = re.compile(
    r"^(?!.*\bmuna).*\b(?:runawanchu|makinawanchu|rubutwanchu)\b|\b(?:runachu|rubutchu|makinachu) (?:kanki|kankichu|qam)\b|"
    r"\bhuk runa (?:ri|apa|pusa|urqu|hurqu|firma)\w+"
)


def speaks_of_another(text: str) -> bool:
    """Whether the person in `text` is none of ours: "la operadora" of one's telephone, "una persona con discapacidad"."""
    reading = Reading.of(text)
    spanish, found = _NOT_A_WISH.subn(" ", reading.spanish)
    left = re.search(rf"\b(?:{_SOMEBODY})\b", spanish)
    return bool(found) and not left and not _SPEAKING.search(spanish) and not wants_person(text)


def wants_person(text: str) -> bool:
    """Whether `text` plainly asks to be attended, or called, by a person."""
    reading = Reading.of(text)
    words = _TOLD.sub(" ", _NOT_A_WISH.sub(" ", reading.spanish))
    spanish = _SPELLING.of(re.sub(r"\s+", " ", words).strip())
    if any_in(_ES, spanish) and not _NOT_CALLED.search(spanish) and not _ABOUT_US.search(spanish):
        return True
    return any_in(_QU, reading.quechua) and not _QU_NOT.search(reading.quechua)
