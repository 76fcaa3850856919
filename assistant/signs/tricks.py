"""Signs that a message is an order to the machine: to leave its task, to play a part, or to say something after it.

A question asks what is so; an order to say, or a claim to be confirmed, has it already. The verb of saying with the
claim behind it is the sign, whatever the claim.
"""

from __future__ import annotations

import re

from assistant.signs.reading import Reading, any_in, patterns

_TASK = (
    r"instrucci\w+|reglas?|ordenes|prompts?|programacion|restriccion\w*|configuracion\w*|indicaciones|filtros?|limitaciones|politicas internas|"
    r"codigo fuente|directivas|entrenamiento|sistema interno|contraseñas?|claves? (?:de acceso|del sistema|internas?|de administrador)"
)
_LEAVE = r"ignor|olvid|omit|desobedec|salt|borr|romp|elimin|desactiv|quit|burl|anul|descart|viol|incumpl|dej[ae] de (?:lado|seguir)|deshabilit|apag"
_SHOW = r"muestr|mostr|dime|diga|revel|repit|repet|imprim|cual|enseñ|list|copia|pasa|dame|deme|cuent|traduc|describ|filtr|comparte|resum"
# To say, in the form one orders it in.
_SAY = (
    r"di|diga|di(?:le|lo)|confirm[ae](?:me|nos|lo)?|confirmar|afirm[ae](?:me|lo)?|asegur[ae](?:me|nos|lo)?|jur[ae](?:me|lo)?|promet[ae](?:me|lo)?|"
    r"promete(?:me)?|admit[ae](?:lo)?|reconoc[ea](?:lo)?|reconozca|declar[ae](?:lo)?|certific[ae](?:me|lo)?|garantiz?[ac]e?(?:me)?|garantice(?:me)?|ratific[ae](?:lo|me)?|ratifiqu[ea]\w*|"
    r"certifiqu[ea]\w*|acept[ae](?:lo)?|valid[ae](?:me|lo)?|sosten|"
    r"escrib[ae](?:me|lo)?|redact[ae](?:me|lo)?|anot[ae](?:lo)?|pon(?:me|lo|ga|galo)?|public[ae](?:lo)?|publiqu[ea](?:lo)?|repit[ae](?:lo|me)?|repite(?:lo|me)?|copia|"
    r"comunic[ae] a todos|informa a (?:todos|la gente)|avisa a (?:todos|la gente)"
)
_TELL = r"dime|dinos|digame|diganme|responde\w*|responda\w*|contest[ae]\w*"
# What is asked may stand behind the same verbs: which papers, whether, how much, what it is.
_ASKED = (
    r"documentos?|papeles|requisitos|necesit\w+|hay|dias?|horas?|debo|tengo|piden|tramites?|pasos?|llev\w+|fecha|oficina|sede|banco|cosas?|edad|"
    r"formulario|numero|pagina|correo|canal|otros?|otras?|mas|significa|hago"
)
_NOT_ASKED = rf"(?!(?:{_ASKED})\b)"
_PART = r"como (?:si|un|una|el|la|mi|jef\w+|funcionari\w+|abogad\w+|medic\w+|hacker|director\w*|ministr\w+|president\w+|alcald\w+|experto|otro|otra|humano|chatgpt|\w+ (?:de|del) \w+)"
_ES = patterns(
    # to leave the task, or to show what it is
    rf"(?:{_LEAVE})\w*(?: \w+){{0,4}}? (?:{_TASK})|(?:{_SHOW})\w*(?: \w+){{0,3}}? (?:tus?|sus|sistema|el|las?) (?:\w+ )?(?:{_TASK})(?: (?:intern|secret|ocult|inicial|de sistema|de programador)\w*|$)|"
    rf"(?:{_SHOW})\w*(?: \w+){{0,3}}? tus? (?:{_TASK})|(?:sin|fuera de) (?:tus |las )?(?:reglas|restricciones|filtros|limitaciones|censura)|tus? (?:reglas|instrucciones|ordenes|prompts?)\b",
    r"system prompt|prompt|jailbreak|modo (?:desarrollador|developer|dios|admin\w*|debug|libre|mantenimiento|prueba|root|tecnico|oculto|sin)|"
    r"(?:soy|habla|aqui) (?:el|la|tu|un) (?:administrador|programador|creador|desarrollador|dueñ[oa]|superusuario|jefe (?:tuyo|de sistemas)|tecnico del sistema)\w*|"
    r"cambi[ae] (?:el |la |los |las |tu |tus )(?:precio|tasa|costo|monto|dato|respuesta|requisito|regla|ficha|informacion)\w*|"
    r"(?:modifi(?:ca|que)|actuali(?:za|ce)|edit[ae]|corrig[ea]|baj[ae]|sub[ea]) (?:el |la |los )(?:precio|tasa|costo|monto|ficha|requisito)s? (?:de|del|a|en|para)",
    # to play a part
    rf"(?:actu[ae]|comport[ae]\w*|respond[ea]|habl[ae]|contest[ae]|trabaj[ae]|pi[e]?ns[ae]) {_PART}|(?:actu[ae]|comportate|haz) de \w+|haz(?:te)? (?:pasar|de cuenta|como que|el papel|de)|"
    r"(?:imagin[ae](?:te)?|fing[ei]|finja|simul[ae]|supon(?:te|gamos)?|pretend[ea]|asum[ae]|hagamos de cuenta|hagamos como|haz de cuenta|pensemos|digamos)(?: \w+){0,2}? que|"
    r"(?:eres|seras|seas|fueras|ahora eres|desde ahora eres|tu eres) (?:dan|otro|otra|libre|"
    r"(?:un|una|el|la|mi) (?:jef|direct|funcionari|ministr|president|alcald|hacker|pirata|abogad|medic|doctor|expert|poet|juez|notari|policia|gerent|registrador|dios|amig|abuel|novi|"
    r"profe|vendedor|candidat|congresist|gobernador|inspector|capitan|general|secretari|traductor)\w*)|"
    r"a partir de (?:ahora|hoy|este momento)(?: tu| usted)? (?:eres|vas|responde|seras|solo|no|puedes|te llamas|olvid|habla)|desde (?:ahora|hoy)(?: tu)? (?:eres|seras|responde|vas|puedes|te)|"
    r"juguemos|vamos a (?:jugar|fingir|imaginar|simular|hacer como)|juego de rol|un juego (?:donde|en que|en el que|:)|interpreta (?:el papel|a|un|una)|te (?:nombro|ordeno|autorizo|exijo que digas)|"
    r"escribe (?:un|una) (?:cuento|historia|dialogo|carta|comunicado|nota de prensa|noticia|poema|cancion|discurso|ensayo)",
    # to say a claim after somebody
    rf"^(?:(?:y|entonces|por favor|porfa|ya|pues|oye|mira|bueno|a ver|ahora|solo|solamente|quiero que|necesito que|te pido que|puedes|podrias|tienes que|debes) )*(?:{_SAY})"
    rf"(?: (?:por favor|conmigo|asi|ya|pues|entonces|claramente|por escrito|publicamente|en voz alta|a todos|nomas|ahora))* que {_NOT_ASKED}\w+|"
    rf"(?:{_TELL})(?: (?:por favor|ya|pues|nomas))* que (?:el|la|los|las|si|no|ya|todo|todos|esta|este|cuesta|vale|es gratis|me corresponde)\b",
    r"(?:quiero|necesito|exijo|te pido|ordeno|solo) (?:que (?:me )?)?(?:digas|confirmes|afirmes|repitas|escribas|respondas|asegures|ratifiques|certifiques|declares|aceptes|publiques|pongas|contestes|admitas)\b",
    r"(?:confirm|afirm|ratific|ratifiqu|certific|certifiqu|admit|jur|asegur|valid|promet)[aei](?:me|nos)?lo|(?:\w+ ){6,}repit[ae]lo|(?:dilo|digalo|dimelo|ponlo|pongalo|escribelo|escribalo|anotalo|publicalo|firmalo)"
    r"(?: asi| por escrito| tal cual| conmigo| en mayusculas| claro| fuerte| ya| pues| en voz alta| oficialmente|$)",
    r"(?:di|responde\w*|contesta\w*|confirma|escribe|repite|responda|conteste|diga|dime|respondeme|contestame) (?:solo|solamente|unicamente|exactamente|textualmente|literalmente|palabra por palabra|tal cual|nada mas)\b(?! (?:el|la|los|las|cuanto|que|donde|lo) )|"
    r"(?:solo|solamente|unicamente|nada mas) (?:respond|contest|di|dig|confirm|repit)\w* (?:si|no|ok|eso|que|con|un)\b|"
    r"(?:dime|di|diga|digame|respond\w+|contest\w+) que (?:si|no)\b|repit[ae] (?:conmigo|despues de mi|esto|exactamente|la frase|tres veces|\w+ veces)|"
    r"(?:termin|complet|continu|rellen|acab)[ae] (?:la|esta|mi|el|con) (?:frase|oracion|texto|siguiente|parrafo|enunciado)|(?:con un|responde|contesta) (?:si o no|verdadero o falso)|verdadero o falso",
    r"(?:ya )?(?:me |nos )?(?:confirmaste|prometiste|aseguraste|juraste|dijiste|habias dicho|confirmo tu|aseguro tu)(?: \w+){0,4} que|como (?:ya )?(?:me |tu )?(?:dijiste|confirmaste|aseguraste|prometiste) \w+|"
    r"(?:segun|como) (?:tu|ustedes|usted|me) (?:mism\w+ )?(?:dijist\w+|confirm\w+|asegur\w+|prometi\w+)|"
    r"(?:esta (?:confirmado|comprobado)|todos saben|ya se sabe|es oficial|dijeron|salio|lei|vi)(?: \w+){1,14}? (?:confirm[ae]|repit[ae]|repet)\w*(?: que si)?$|"
    r"(?:da|dalo|delo|tomalo) por (?:oficial|cierto|confirmado|hecho|valido)|tradu[cz]\w+ (?:esto|la frase|el siguiente|lo siguiente)",
    # what no citizen is given here
    r"base de datos|(?:dni|datos|direccion(?:es)?|telefonos?|claves?) de (?:mis? |los |las |otr[oa]s |todos los )*(?:vecin[oa]s?|otras personas|famosos|ciudadanos|usuarios|clientes)|aprueb[ae]me|otorg[ae]me|conced[ae]me|hackear?\w*|contraseña (?:del|de) (?:sistema|administrador|admin|servidor)|"
    r"ignore (?:all|previous|the|your)|you are now|pretend|select \w+ from|drop table|script alert|api key|token de acceso|sudo",
)
_QUOTED = re.compile(
    r"\b(?:di|diga|dilo|digan|repite|repita|escribe|escriba|confirma|confirme|responde|contesta|pon|ponga|publica|redacta|declara|afirma|completa|traduce|niy|kutipay|qilqay|willay)"
    r"(?:\s+\w+){0,4}\s*[:«\"“']", re.IGNORECASE,
)  # fmt: skip
_QUOTED_QU = re.compile(
    r"[»\"”']\s*,?\s*(?:nispa\s+)?(?:niy|kutipay|kutichiy|rimay|qilqay|willay|yapay)\b", re.IGNORECASE
)
# One's own words beside it, and what a question says with the same verbs.
_NOT_A_TRICK = patterns(
    r"(?:confirm|asegur|dig|dim)\w* (?:mi|la|una|el) (?:cita|hora|asistencia|reserva|fecha)|olvid[eo](?: \w+){0,3} (?:mi |la )?(?:contraseña|clave)|"
    r"(?:recuper|cambi|restablec|olvid)\w+(?: \w+){0,3} (?:contraseña|clave)\w*"
)

# --- Quechua: an order to say (niy, rimay, willay with nispa), to answer a yes, to forget the orders, to be somebody --
_QU = patterns(
    r"(?:ari|arí|chiqap|chaynata|chaynam|kaynata|hinata|chayllata) (?:nispa |nis )?(?:niy|niway|nillaway|kutichiway|kutichiy|kutipay|willay|willaway|rimay|nikuy|niykuway|qilqay|nispalla)\w*|"
    r"(?:niy|niway|kutichiway|kutichiy|willaway|rimay) (?:ari|arí|chaynata|chayllata)(?: nispa(?:lla)?)?|\w+(?:ta|n|m|mi) ?(?:nispa|nispalla) (?:niy|niway|willay|willaway|rimay|kutichiy|kutichiway|qilqay|yapay)\b|"
    r"(?<!pi )(?<!imata )(?<!manta )(?:niy|qilqay|rimay|kutipay)$(?<!^kutipay)|(?:kasqanta|kasqantam|kananta|sqanta|\w+sqanta|\w+nanta) (?:niy|niway|niykuway|rimay|qilqay|nillaway|chiqapchay|takyachiy|ari)\w*",
    r"(?:yapamanta|qatiway|ñuqawan|qipayta) (?:niy|rimay|nisun|kutipay)\w*|\w+ kutipay|yapapay|(?:takyachi|chiqapcha|chiqaqcha)y\w*(?:$| ari)",
    r"(?:kamachi|kamachisu|yachachisu|kamachiku|instruk|insruk|riglas?|urdin)\w*(?:yki|niyki|ki)\w*(?: \w+){0,2}? (?:qunqa|qunqay|saqi|chinkachi|qawachi|pampacha|ama|wischu)\w*|"
    r"(?:qunqay|qunqaruy|saqiy|wischuy|chinkachiy|qawachiway)\w* (?:\w+ ){0,2}?(?:kamachi|riglas?|instruk|urdin|yachachi)\w*",
    r"(?:dirikturmi|hifimi|hifin|kamachiqnin|prisidinti|ministrum?|kamachikuq|alkaldi|hifi|diriktur)\w* (?:kanki|kay|kankiman|tukuy|hina)\w*|(?:qam|kunanqa|kunanmanta)(?:qa|ta)? (?:\w+ ){0,2}?(?:kanki|tukunki)(?:ña|man)?$|"
    r"(?:\w+ )?hinam? (?:rima|kutichi|tuku)y\w*|pukllasun\w*",
)


def is_trick(text: str) -> bool:
    """Whether `text` gives the machine orders instead of asking it something."""
    reading = Reading.of(text)
    if any_in(_NOT_A_TRICK, reading.spanish):
        return False
    quoted = _QUOTED.search(text) or _QUOTED_QU.search(text)
    return bool(quoted) or any_in(_ES, reading.spanish) or any_in(_QU, reading.quechua)
