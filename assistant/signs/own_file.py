"""Signs that the citizen asks for the state of a file of their own, which the assistant cannot see."""

from __future__ import annotations

import re

from assistant.signs.near import Spelling
from assistant.signs.reading import Reading, any_in, patterns

_FILE = (
    r"expedientes?|solicitud(?:es)?|tramites?|tramitacion|reclamos?|quejas?|casos?|citas?|pagos?|multas?|deudas?|papeletas?|"
    r"afiliacion|inscripcion|pension|bonos?|pedidos?|carpeta|papeles|documentos?|apelacion|recurso|denuncia|devolucion|deposito|"
    r"gestion|proceso|postulacion|resolucion|licencia|brevete|dnie?|pasaporte|carnet?|partida|acta|certificado|titulo|duplicado|"
    r"renovacion|jubilacion|subsidio|constancia|visa|registro|ruc|cambio(?: de \w+)?|rectificacion"
)
# What becomes of a file, in the past or by now; and how it stands still.
_BECAME = (
    r"sali(?:o|do|eron)|saldria|esta(?:n|ra|ran|ria)?|lleg(?:o|ado|aron|aria|ara)|aprob\w+|firm(?:o|aron|ado|ada)|resolv\w+|resuelt[oa]|resolvi\w+|"
    r"termin(?:o|aron|ado)|imprim\w+|impres[oa]|emiti\w+|proces(?:o|aron|ado|ada)|deposit(?:o|aron|ado)|autoriz(?:o|aron|ado)|acept(?:o|aron|ado)|"
    r"respond(?:io|ieron|ido)|contest(?:o|aron|ado)|evalu(?:o|aron|ado)|revis(?:o|aron|ado)|sal(?:e|ga|dra)|hicieron|entreg(?:o|aron|ado)|habilit\w+|"
    r"inscrib\w+|registr(?:o|aron|ado)|pas(?:o|aron)|qued(?:o|aron)|recogible|aparec\w+|figura|complet\w+"
)
_STUCK = (
    r"no (?:me |se |lo |la |le )?(?:avanz\w+|sale[n]?|salio|ha salido|llega[n]?|llego|ha llegado|aparece[n]?|figura[n]?|mueve[n]?|camina[n]?|progresa\w*|"
    r"responde[n]?|respondieron|han respondido|contestan?|contestaron|entregan?|entregaron|resuelven?|resolvieron|aprueban?|depositan?|depositaron|hay (?:respuesta|novedad\w*|noticias?)|"
    r"tiene respuesta|termina\w*|dan (?:respuesta|razon|noticias?)|sabe nada|se nada|avisan|avisaron|pagan|pagaron|llaman|notifican?)|"
    r"sigue[n]? (?:en|sin|igual|observad|pendiente|parad|trabad|detenid|esperando|por)\w*|"
    r"(?:esta|estan|quedo|anda|lo tienen|la tienen|se quedo) (?:\w+ )?(?:parad|trabad|detenid|estancad|congelad|dormid|atascad|atorad|plantad|varad|perdid|observad|pendiente|en "
    r"(?:tramite|proceso|evaluacion|revision|espera|cola|veremos|nada))\w*|(?:demora|tarda|se demora) (?:tanto|mucho|demasiado|un monton)"
)
_FILED = (
    r"presente|pedi|solicite|ingrese|envie|mande|deje|hice|meti|inicie|realice|pague|apele|postule|me inscribi|registre|lleve|gestione|"
    r"reclame|entregue|subi|tramite (?:mi|el|la|un|una|lo|los)|hicimos|presentamos|pedimos|solicitamos|di de alta|saque (?:mi |una |la )?cita|empece"
)
_LOOK = (
    r"verific\w+|verifiq\w+|revis\w+|fij[ae]\w*|busc[ae]\w*|busqu\w+|mir[ae]\w*|chequ\w+|checa\w*|consult[ae](?:me|s|n|lo)?|consultar|averigu\w+|"
    r"dig[ae](?:me|nme)?|dime|ver|ve|vea|vean|vere|confirm\w+|rastre\w+|saber|comprueb\w+|comprob\w+|ubic[ae]\w*|inform[ae]\w*|avis[ae]\w*"
)
_TIME = r"(?:un|una|dos|tres|cuatro|cinco|seis|siete|ocho|diez|quince|veinte|\d+|varios|varias|much[oa]s|buen)(?: \w+)? ?(?:dias?|semanas?|mes|meses|años?|quincenas?|horas|tiempo)"
# What is only said of a file under way.
_PLAIN = patterns(
    r"habra salido|salio(?! (?:improcedente|denegad|observad|rechazad|infundad))|estara list[oa]|(?<!tiempo )esta list[oa]|"
    r"estaran? para recoger\w*|sigue (?:en (?:tramite|proceso|evaluacion|revision)|igual|observad[oa]|pendiente)",
    rf"ya (?:me |nos |se |lo |la |le |habra |ha |han |estara |fue )*(?:{_BECAME})(?! (?:vencid|caducad|en vigencia))",
    r"(?:en que|como) (?:va|van|quedo|anda|estado|situacion|etapa|fase|sigue)|que (?:paso|fue|ha pasado|novedad\w* hay) (?:con|de) (?:mi|el mio|la mia|lo mio|lo que|nuestr[oa])",
    rf"estado (?:actual )?(?:de|del) (?:mi |mis |el |un )?(?:{_FILE})|mi expediente|numero de (?:mi )?(?:expediente|solicitud)|seguimiento|"
    r"hoja de ruta|mi numero de (?:tramite|ticket|cargo|registro)",
    rf"(?:{_FILE})(?: \w+){{0,4}}? (?:{_STUCK})|(?:solicitud|expediente|tramite|reclamo|ticket|cargo) (?:n |nro |numero |num )?\d[\d-]+",
    r"(?:sabe[ns]?|saben|hay|tienen) algo (?:nuevo )?(?:de|sobre) mi|que (?:me )?(?:respondieron|contestaron|resolvieron)|si me toca",
    r"(?:estoy|figuro|aparezco|salgo|sali|quede|fui|sigo) (?:\w+ ){0,2}?(?:en (?:el|la|los) (?:sis|sisfoh|padron|registro|programa|lista|sistema|infocorp)|"
    r"(?:beneficiad|beneficiari|seleccionad|aprobad)[oa])",
    rf"(?:{_LOOK})(?: \w+){{0,3}}? si (?:ya|me|mi|estoy|aparezco|figuro|sali|sigo|soy|hay algo)\b",
    rf"hace (?:mas de |como |casi |ya )?{_TIME}(?: \w+){{0,4}}? (?:{_FILED})|(?:{_FILED})(?: \w+){{0,6}}? hace (?:mas de |como |casi |ya )?{_TIME}",
    r"(?:por que|xq|porque)(?: \w+){0,2}? (?:me|mi|nos)(?: \w+){0,3}? (?:rechaz|neg|deneg|observ|quit|sac|suspend|anul|cancel|cort|baj|bot|elimin|demor|tard)\w*",
)
# Nothing but one's own file can be asked for so.
_OWN_STATE = patterns(
    r"(?:sabe[ns]?|saben|hay|tienen) (?:algo|alguna noticia|novedad\w*|noticias?|respuesta)(?: nuevo| nueva)? (?:de|sobre|para|con) (?:mi|mis|lo mio|nuestr[oa])\b",
    rf"(?:en que|como) (?:etapa |estado |situacion |fase |parte |paso )?(?:va|van|quedo|quedaron|esta|estan|anda|sigue|se encuentra)(?: \w+){{0,2}}? (?:(?:mi|mis|nuestr[oa]) (?:{_FILE})|lo mio|mi asunto)",
    rf"(?:mi|mis|nuestr[oa]) (?:{_FILE})(?: \w+){{0,6}}? (?:en que|como) (?:etapa |estado |situacion |fase |parte )?(?:va|van|quedo|esta|anda|sigue|se encuentra)",
    rf"ya (?:me |nos |se |lo |la |habra |ha |han |estara |fue )*(?:{_BECAME})(?: \w+){{0,3}}? (?:mi|mis|lo mio|la mia|el mio)\b",
    rf"(?:mi|mis|nuestr[oa]|el mio|la mia|lo mio)(?: \w+){{0,4}}? ya (?:me |nos |se |lo |la |habra |ha |han |estara |fue |puedo |puede )*(?:{_BECAME}|recoger\w*|recojo)",
    rf"(?:mi|mis|nuestr[oa]) (?:{_FILE})(?: \w+){{0,4}}? (?:{_STUCK})",
    rf"(?:{_LOOK})(?: \w+){{0,3}}? (?:si (?:ya |todavia |aun )?(?:me (?!dan|piden|cobran|atienden|conviene)\w+|estoy|aparezco|figuro|sali\b|sigo|soy benefic\w+|puedo recoger\w*|mi \w+ (?:ya|esta|fue|salio|sigue))|"
    rf"(?:el estado|mi estado|mi situacion|mi expediente|mi solicitud|mi tramite|mi caso|lo mio|mi nombre)\b|con mi (?:dni|numero|nombre|codigo|expediente))",
    rf"estado (?:actual )?(?:de|del|en que esta) (?:mi|mis|nuestr[oa]) (?:{_FILE})|(?:seguimiento|rastreo) (?:a|de) (?:mi|mis) \w+",
    rf"(?:{_FILED})(?: \w+){{0,10}}? (?:{_STUCK}|ya (?:esta|estara|salio|puedo recoger\w*|lo puedo recoger|llego|lo resolvieron|la resolvieron|hay respuesta)|y nada|sin respuesta|"
    r"nada todavia|ni (?:una )?(?:noticia|respuesta)|que (?:paso|fue)|cuando (?:me )?(?:lo |la )?(?:sale|entregan|estara|resuelven|responden|recojo|llega|dan)|sigo esperando|nadie (?:me )?\w+)",
    rf"(?:llevo|tengo|van|hace|ya (?:paso|pasaron|va|van))(?: mas de| como| casi| ya)? {_TIME}(?: \w+){{0,8}}? (?:esperando (?:mi|que|el|la|respuesta)|{_STUCK}|y nada|sin respuesta|sin noticias?)",
    r"(?:sigo|estoy|seguimos|estamos|ando) (?:\w+ )?(?:esperando|a la espera de|pendiente de) (?:mi|mis|que me|la respuesta|respuesta|noticias)",
    r"(?:estoy|figuro|aparezco|salgo) (?:\w+ )?(?:en|dentro de|como) (?:el|la|los|las)? ?(?:sis|sisfoh|padron|registro|programa|lista|infocorp|sistema|beneficiari\w+|deudor\w*|moros\w+)",
    r"(?:mi nombre|mi dni|mis datos)(?: \w+){0,2}? (?:aparece[n]?|figura[n]?|sale[n]?|esta[n]?) (?:en|como|registrad\w*)",
    r"(?:por que|porque|xq)(?: \w+){0,2}? no (?:me |nos |se |lo |la )?(?:sale|salio|llega|llego|entregan|entregaron|depositan|depositaron|pagan|responden|aprueban|aprobaron|figura|aparece|aparezco)\b",
    r"(?:por que|porque|xq)(?: \w+){0,2}? (?:me|nos) (?:\w+ )?(?:rechaz|neg|deneg|observ|quit|sac|suspend|anul|cancel|elimin)(?:aron|o)\b",
    rf"(?:{_FILE})(?: \w+){{0,5}}? (?:en que|como) (?:estado|va|van|sigue|quedo|situacion|etapa|esta)$",
    rf"(?:mi|mis) (?:{_FILE})(?: \w+){{0,8}}? que (?:respondieron|dijeron|resolvieron|paso|contestaron)",
    r"ya me (?:aprobaron|depositaron|pagaron|afiliaron|inscribieron|registraron|respondieron|contestaron|resolvieron|aceptaron|abonaron|devolvieron)",
    r"(?:cuant[oa]s?|que) (?:\w+ ){0,2}?(?:papeletas?|multas?|puntos|deudas?|aportes|denuncias?) (?:tengo|debo|acumule|registro)(?: yo)? (?:yo|en mi|a mi|con mi|de mi|pendientes?|acumulad\w+)?",
)
_STORY = re.compile(
    r"\b(?:que (?:necesito|papeles|requisitos|piden|hago|tengo|debo|documentos|puedo hacer)|q (?:necesito|hago|piden)|cuanto (?:cuesta|es|sale|cobran|vale|pago|demora|tarda)|"
    r"donde|adonde|como (?:hago|pido|saco|puedo|se|reclamo|apelo|pago|consulto|renuevo|tramito|solicito|recupero|es|tengo|obtengo|corrijo|cambio|retiro|anulo)|"
    r"a que hora|en que horario|requisitos|se puede|significa|de nuevo|otra vez|nuevamente|exoner\w+|descuento|silencio|"
    r"como (?:salgo|me (?:borro|retiro|quito))|(?:quiero|para) (?:salir|que me (?:borren|saquen|quiten|retiren))|"
    r"en \w+ (?:dias?|semanas?|mes|meses) ya|quien puede|por donde|que pagina|por internet)\b"
)
_SPELLING = Spelling(
    "avanza avanzan avanzado expediente solicitud tramite salio estado aprobaron depositaron respondieron entregaron esperando esperar pasaporte licencia brevete "
    "verifique verificar fijese fijate revise revisar consultar averigue presente solicite todavia pendiente observado".split(),
    "salir salia sabio estados estada tramites tramita tramito presenta presentar solicita solicitar solicito pasaportes licencias revisan "
    "revisa revisen consulta consultas consultan entregar entregan aprueban espera esperan esperado estamos pendientes observada observados "
    "solicites presentes presento verifica verifican verifico reviso fija fijas consultor".split(),
)

# --- Quechua: what the suffixes say: already (-ña), is it (-chu), mine (-y, -niy) ----------------------------------
_QU_OF = (
    r"(?:sulisitud|tramiti|papil|pinsiyun|pinsiun|multa|papilita|sita|kasu|bunu|ispidinti|iqspidiinti|iqspidinti|ixpidinti|riqlamu|kiha|dni|"
    r"pasapurti|bribiti|bribit|lisinsiya|karni|karnit|partida|akta|sirtifikadu|mañakuy|mañakusqa|qilqa|qulqi|pagu|apilasiyun|inskripsiyun|ruk|titulu)"
)
_QU_MINE = rf"{_QU_OF}(?:ni)?(?:y|yku|nchik)(?:ta|pa|paq|manta|pi)?(?:mi|m|qa|taq|ri|pas|lla|ña|raq)*"
_QU_VERB = r"(?:lluqsi|luqsi|chaya|paqari|rikuri|tuku|aprub|kutichi|puri|listu|qispi|firma|inprim|tirmina|dipusita|churaku|churawa|pagawa|qawawa|uqari|taripa|qallari)"
_QU_PLAIN = patterns(
    r"\w+(?:n|nku|sqa|kachka|kasa|kasya|wa|listu|mu|rqu|ru)?ñachus?|ñachu \w+|ña (?:lluqsi|chaya|listu|tuku|aprub|firma|ruwa|kachka|kasa|qu|puri)\w*",
    r"(?:maypi|imayna|imapi|haykapi|maykama)ña\w*",
    r"(?:iqspid\w*|ispidint\w*|ixpidint\w*)",
)
_QU_OWN = patterns(
    rf"\w*(?:{_QU_VERB})\w*(?:n|nku|sqa)ñachu\w*|(?:kachkan|kasan|kasyan|listu|quwan\w*|churawan\w*|pagawan\w*|kutichiwan\w*|dipusitawan\w*|aprubawan\w*)ñachu\w*|"
    rf"ñachu (?:kachkan|kasan|lluqsi\w+|chaya\w+|tuku\w+)|ña (?:{_QU_VERB})\w*chu",
    rf"{_QU_MINE} (?:\w+ ){{0,3}}?(?:{_QU_VERB}\w*(?:n|nku|nchu|nkuchu|nraqchu|sqa\w*)|maypi(?:ña|m|n|taq)*(?: ka\w+| ri\w+)?|imayna(?:ña|m|n|taq|lla)*(?: ka\w+| ri\w+)?|imapi(?:ña|m|taq)*\w*)$",
    rf"(?:maypi|imayna|imapi)(?:ña|m|n|taq)* (?:(?:ka|ri)\w+ )?{_QU_MINE}(?: (?:ka|richka|risa)\w+)?$",
    rf"(?:qawa|maska|riku|willa|rikuri|yacha)\w*(?:way|waychik|puway|ykuway|yta munani)(?: \w+){{0,2}}? {_QU_MINE}|{_QU_MINE}(?: \w+){{0,3}}? (?:qawa|maska|riku)\w*(?:way|waychik)\w*",
    r"(?:killa|simana|wata|punchaw|unay)(?:kuna)?ña(?:m|n|taq)*(?: \w+){0,4}? (?:suya\w+|mana\w*)",
    rf"{_QU_MINE}(?: \w+){{0,3}}? suya(?:chka|sa|sya)\w+|suya(?:chka|sa|sya)\w+ {_QU_MINE}",
    r"(?:imanasqa|imarayku|imanapti|imanaqti|imaynanpi)\w*(?: (?!pipas|pillapas|pi\b)\w+){0,3}? mana\w*(?: (?!pipas|pillapas|pi\b)\w+){0,3}? (?:lluqsi|luqsi|quwa|chayamu|kutichiwa|aprub|pagawa|churawa|dipusita|atindi|puri)\w+",
    r"(?:suti|nunbri)y\w*(?: \w+){0,4}? (?:kachkan|kasan|rikuri|rikhuri|tari)\w*|(?:lista|padrun|rigistru|prugrama|sis|sispi|juntus|huntus)\w*pi (?:kachkani|kasani)chu|"
    r"(?:kachkani|kasani)chu (?:\w+ )?(?:lista|padrun|rigistru|prugrama|sis)\w*pi",
)
_QU_ASKS = re.compile(
    r"\b(?:hayka (?:unay|punchaw|killa|simana|pacha|tiimpu)\w*|haykata?q? (?:chanin|kustan)|haykam?taq chanin|imakunata|imata(?:m|n|taq|taqmi)* (?:apa|ruwa|qu|pru?sinta)\w+|maypim? (?:ruwa|hurqu|urqu|paga|chaski|palla)\w+|imaynata|imayna(?:m|n|taq)? (?:saca|saka|ruwa|hurqu|urqu)\w+)"
)


def asks_own_state(text: str) -> bool:
    """Whether `text` asks how far the citizen's own file is, and nothing else."""
    reading = Reading.of(text)
    spanish = _SPELLING.of(reading.spanish)
    if any_in(_OWN_STATE, spanish) and not _STORY.search(spanish):
        return True
    return any_in(_QU_OWN, reading.quechua) and not _QU_ASKS.search(reading.quechua)


def asks_state(text: str) -> bool:
    """Whether `text` says what is only said of a file under way: "ya salió", "lluqsimunñachu"."""
    reading = Reading.of(text)
    return any_in(_PLAIN, _SPELLING.of(reading.spanish)) or any_in(_QU_PLAIN, reading.quechua)
