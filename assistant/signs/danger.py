"""Signs that somebody is hurt, threatened or wants to die. Missing one is worse than seeing one too many."""

from __future__ import annotations

from typing import Literal

from assistant.signs.reading import Reading, all_in, any_in, patterns

Level = Literal["plain", "likely"]

_HURT = (
    "pega|golpea|mata|viola|maltrata|ahorca|apuñala|acuchilla|patea|tortura|amenaza|secuestra|"
    "extorsiona|acosa|persigue|"
    "encierra|manosea|dispara"
)
_NEAR = (
    "marido|esposo|esposa|pareja|ex|padrastro|madrastra|papa|padre|conviviente|"
    "enamorado|novio|tio|vecino|hombre|casa"
)
_CHILD = "hij[oa]|hijit[oa]|niñ[oa]|bebe|sobrin[oa]|niet[oa]|herman[oa]|mama|papa|abuel[oa]|espos[oa]"

_PLAIN = patterns(
    r"me (?:(?:esta|estan|acaba de|acaban de|quiere|quieren|va a|van a|puede|vino a|quiso|ha|han) )?"
    rf"(?:{_HURT})(?:n|r|ra|ron|ban?|do|ndo|s)?",
    r"me (?:golpeo|pego|violo|acuchillo|ahorco|amenazo|secuestro|manoseo|encerro|pateo)",
    rf"(?:le|la|las|los|les|nos) (?:(?:esta|estan) )?(?:{_HURT})(?:n|ndo|ban?|ron)?",
    r"maltratan(?:do)? a (?:una?|mi|su|los|las)\s?\w*|(?:pega|golpea)n?(?:ndo)? a (?:su|mi|una?|los|"
    r"las) \w+",
    r"matarme|matarnos|matarla|matarlo|pegarme|golpearme|suicid\w+|morirme|hacerme daño|"
    r"(?:cortarme|corte|cortar) las venas",
    r"(?:quiero|quisiera|quiere|deseo|ganas de|pensando en|pienso en|mejor) (?:morir|morirse|matarse|"
    r"desaparecer del mundo)",
    r"(?:me|se) (?:quiero|quiere|voy a|va a) (?:matar|morir)|para (?:morir|morirme|matarme)|"
    r"estoy herid[oa]",
    r"(?:quitar(?:me|se)|acabar con|terminar con) (?:la|mi|su) vida",
    r"no (?:quiero|puedo|quiere|deseo|aguanto) (?:mas )?(?:seguir )?(?:vivir|viviendo)(?: mas)?",
    r"violencia (?:familiar|domestica|fisica|sexual|psicologica|en mi casa|contra)",
    r"abus\w+ sexual\w*|abus(?:a|an|o|aron|ando|aba|aban) de (?:mi|ella|una?|menor\w*)|me abusa\w*|"
    r"tocamientos|violacion sexual",
    r"(?:hombre|sujeto|tipo|alguien|ladron|ladrones|delincuentes?|rateros?|choros?) (?:esta |"
    r"estan )?(?:armad[oa]s?|"
    r"entrando|metid[oa]s?|metiendose|(?:afuera |dentro )?(?:de|en) mi casa)",
    r"(?:esta|estan) (?:robando|asaltando|entrando)(?: a robar)? "
    r"(?:ahora|ahorita|en (?:mi|la) casa|a mi casa|mi casa)",
    r"con (?:una? )?(?:pistola|cuchillo|arma|machete)|apuntando con|me apunta\w*|balacera|balazos",
    r"(?:en|corre|corro|corremos) (?:grave )?peligro|peligra (?:mi|su) vida|trata de personas",
    r"hay (?:un )?incendio|se (?:me )?esta (?:quemando|incendiando)|se quema mi casa",
    r"no respira|se desmayo|se esta (?:muriendo|desangrando|ahogando)|esta convulsionando|hay heridos|"
    r"(?:mi|una?|nuestr[oa]) \w+ convulsiona(?:ndo)?|no puedo respirar|me falta el aire|me estoy ahogando(?! en)|me (?:estoy |voy a )?desmay\w+|(?:no|ni) (?:despierta|reacciona)|"
    r"(?:dolor|presion|punzada) (?:\w+ )?(?:en el|de|al) pecho|(?:duele|aprieta) (?:\w+ ){0,2}el pecho|(?:le|me) (?:esta dando|dio|da) un infarto|"
    r"(?:estoy|esta) (?:en|con) (?:trabajo de parto|contracciones)|(?:rompi|rompio) (?:la )?fuente|sangra(?:ndo)? mucho|"
    r"^(?:es |tengo )?una emergencia$|"
    r"^emergencia (?:ayud|llam|polic)\w*",
    r"(?:llamen|manden|necesito|envien|urgente) (?:a )?(?:una |la )?(?:ambulancia|policia|bomberos)",
    rf"(?:mi|una?|nuestr[oa]) (?:{_CHILD})(?: \w+)? (?:ha )?(?:desaparec\w+|esta desaparecid[oa])",
    rf"(?:sigue|siguen|persigue|persiguen|acosan?|acechan?|espian?) a (?:mi|una?|nuestr[oa]) (?:{_CHILD})|"
    r"se (?:la|lo|los|las|me|nos) (?:va|van|quiere|quieren) (?:a )?(?:llevar|robar)",
    rf"(?:secuestraron|raptaron|se llevaron) a (?:mi|una?) (?:{_CHILD})|me tienen? (?:encerrad|amarrad|"
    rf"secuestrad|retenid)[oa]",
    r"^(?:auxilio|socorro)(?: (?:auxilio|socorro|ayuda|ayudenme|por favor|policia))*$",
)  # fmt: skip
_LIKELY = (
    patterns("miedo|temo|aterrada|asustada", _NEAR),
    patterns(r"me toca|me tocan|me toco", r"padrastro|papa|tio|profesor|primo|vecino|cuerpo|partes|miedo"),
    patterns("auxilio|socorro", r"ayud\w+|policia|me"),
    patterns(r"me (?:esta|estan|vienen|viene) siguiendo|me sigue un"),
)

_QU_PLAIN = patterns(
    r"maqa\w+",  # to hit
    r"wañu(?:yku|rqu|ru|ra)?chi\w+",  # to kill
    r"sipi(?:wa|ku|n|y|sqa|chka|sa|ru|rqu|yku)\w*",
    r"wañu(?:ku|ka|pu|lla)?yta \w* ?(?:muna|yuya|pinsa)\w*|(?:muna|yuya)\w+ wañu(?:ku|ka|pu)?yta",
    r"mana\w* (?:\w+ )?kawsayta (?:\w+ )?muna\w+|kawsayta mana\w* muna\w+",
    r"(?:biyula|abusa|aminasa|sikistra|qatikacha|qatiqacha)\w*wa\w*|biyulasqa\w*|biyulinsiya\w*",
    r"suwa(?:kuna)?(?:m|n|qa|taq)? (?:\w+ )?(?:wasi\w*|yayku\w*)|wasi\w+ suwa(?:kuna)?(?:m|n|qa)?",
    r"wasi\w* (?:rupa|rawra|lawra|ratam?)\w+",
    r"(?:pistula|kuchillu|armacha|matriti|machiti)wan",
    r"(?:llapcha|llachpa)\w*wa\w*|piligrupi\w*|kirisqa\w*|mana samanñachu|mana samachkanñachu|mana(?:m|n)? samayta (?:\w+ )?ati\w+|qasqu\w* (?:\w+ )?nana\w+|"
    r"wichqasqa\w* (?:ka\w+ )?(?:mana )?lluqsiyta",
    r"(?:pulisiya|anbulansiya|bunbiru)\w* (?:utqay\w* |kunan )?(?:waqya|qaya)\w+|imirhinsiya yanapa\w+",
    r"(?:wawa|churi|ususi|warmi)y(?:mi|m|qa)? (?:chinkarqu|chinkaru|chinkayku|chinkaka)\w*",
)
# A death that has been is told with -sqa, -kun, -pun; the wish to die is in _QU_PLAIN.
_DEAD = patterns(r"(?:ya )?(?:fallecio|murio|fallecid[oa]|muert[oa]|difunt[oa])")
_QU_DEAD = patterns(
    r"wañu(?:sqa|q|kuq|pusqa|rqusqa|kusqa)\w*",
    r"(?:tayta|mama|qusa|qosa|warmi|wawa|awilu|awila|turi|pani|ñaña|wawqi|machu|paya)\w* wañu(?:ku|pu|rqu|ru|ka|kapu|rqa|sha|chka)?(?:n|rqan|nña|npuni|run|rqun)\w*",
)
_QU_LIKELY = (
    patterns(r"manch(?:a|ari|ali)(?:ku|chi|ri)\w+"),  # fear
    patterns(r"^(?:\w+ ){0,3}\w+$", r"yanapa\w*wa\w*", r"kunallan|kunan|utqay\w*|usqay\w*|utqaylla\w*"),
)


def tells_of_a_death(text: str) -> bool:
    """Whether somebody has died, of whom a paper is needed, and nobody is in danger: "wañusqa taytaypa"."""
    reading = Reading.of(text)
    return any_in(_DEAD, reading.spanish) or any_in(_QU_DEAD, reading.quechua)


def danger(text: str) -> Level | None:
    """How plainly `text` says that somebody is in danger."""
    reading = Reading.of(text)
    if any_in(_PLAIN, reading.spanish) or any_in(_QU_PLAIN, reading.quechua):
        return "plain"
    likely = any(all_in(signs, reading.spanish) for signs in _LIKELY) or any(
        all_in(signs, reading.quechua) for signs in _QU_LIKELY
    )
    return "likely" if likely else None
