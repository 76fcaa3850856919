"""Signs that what is asked is no trámite at all: what ails somebody, whom to vote for, what others keep to themselves."""

from __future__ import annotations

from assistant.signs.reading import Reading, any_in, patterns

# --- medicine: something is wrong with a body, and what to take for it is asked ----------------------------------
_AILS = (
    r"duele|duelen|dolor(?:es)?|adolorid\w+|fiebre|calentura|tos|gripe?|resfri\w+|vomit\w+|nause\w+|diarrea|ronchas?|granos?|sarpullido|alergia|hinchad\w+|"
    r"mareos?|migraña|gastritis|presion(?: alta| baja)?|diabetes|azucar(?: alta)?|colesterol|infeccion|herida|quemadura|insomnio|ansiedad|colicos?|bulto|tumor|"
    r"cancer|asma|bronquios?|garganta|barriga|estomago|cabeza|muelas?|picadura|embarazo|covid|dengue|parasitos|estreñimiento|caspa|acne|hongos|reumatismo|artritis"
)
_MEDICINE = (
    r"pastillas?|remedios?|medicinas?|medicamentos?|jarabes?|antibioticos?|inyeccion(?:es)?|ampollas?|gotas|cremas?|pomadas?|hierbas?|yerbas?|mates?|"
    r"paracetamol|ibuprofeno|aspirina|amoxicilina|ivermectina|naproxeno|metformina|azitromicina|dosis|vitaminas?|suero|panadol|omeprazol|losartan|clonazepam"
)
_TAKE = r"tom(?:o|ar|e|a|as|arme)|d(?:oy|ar|arle|amos)|cur(?:a|ar|o|an|arme)|sana\w*|sirve|buen[oa]s?|recomiend\w+|receta\w*|ech(?:o|ar)|aplico|aplicar|quita\w*|baj(?:a|ar|o)|trat(?:o|ar)|calm\w+|alivi\w+|hago|hacer|pongo|puedo|mezcl\w+"
_PAPER = (
    r"certificado|sis|essalud|seguro|sisfoh|cita|atencion|afili\w+|carnet?|tramite|subsidio|descanso|historia|hospital|posta|receta medica|conadis|"
    r"discapacidad|registro|autorizacion|licencia|brevete|dni|partida|pension|digemid|sanitari\w+|farmacia|botica|venta|establecimiento|importar|reclam\w+"
)
_ES_MEDICINE = patterns(
    rf"(?:{_AILS})(?: \w+){{0,8}}? (?:{_TAKE}|{_MEDICINE})|(?:{_TAKE}|{_MEDICINE})(?: \w+){{0,6}}? (?:{_AILS})",
    rf"(?:que|cual|cuant[oa]s?|con que|cada cuant[oa]s?|puedo|se puede)(?: \w+){{0,3}}? (?:{_MEDICINE})(?: \w+){{0,3}}? ?(?:{_TAKE}|al dia|por kilo|por peso|para|contra)?|"
    rf"(?:{_MEDICINE})(?: \w+){{0,4}}? (?:al dia|por kilo|con alcohol|en ayunas|embarazad\w|para adelgazar|para bajar de peso)",
    r"me (?:duele|arde|pica|salio un|salieron)(?: \w+){0,3}?|(?:sera|tengo|tendre|es) (?:cancer|covid|dengue|diabetes|grave)\b|(?:estoy|estare) embarazada o",
)
_HAS_PAPER = patterns(_PAPER)
_QU_MEDICINE = patterns(
    r"(?:uma|wiqsa|wiksa|kiru|runku|tunqu|rinri|ñawi|wasa|chaki|maki|tullu|siki|rikra|yawar)\w* nana\w*|nanawa\w*|"
    r"(?:ima|imawan|mayqin)\w* (?:\w+ )?(?:hanpi|anpi|pastilla|rimidyu|rimidiyu|hirba|yura)\w*|(?:hanpi|pastilla|rimidyu|qura)\w*ta? (?:upya|tuma|upia|qu|mikhu|miku)\w+|"
    r"(?:qicha|uhu|uqu|chiri|kalintura|rupa|qayqa|unqu)\w*(?: \w+){0,4}? (?:hanpi|upya|tuma|qusaq|imata|imawan)\w*|imawan\w* (?:hanpi|anpi|qanpi)\w*|hanpi(?:ku|sa|yma|na|ru)\w+",
)
_QU_HAS_PAPER = patterns(
    r"(?:sirtifikadu|sis|issalud|sita|tramiti|siguru|unqusqa kaq|disiriptu|hanpina ?wasi|karnit?|diskapasidad|pinsiyun|dni|pasapurti|bribiti?|tramiti)\w*"
)

# --- politics: opinions and votes, and not the duties around an election ------------------------------------------
_RULER = (
    r"president[ea]|congres(?:o|ista|istas)|candidat[oa]s?|partidos?(?: politic\w+)?|politic[oa]s?|gobierno|alcald(?:e|esa|es)|ministr[oa]s?|"
    r"gobernador(?:a|es)?|derecha|izquierda|dictadura|constituyente|boluarte|castillo|fujimori|keiko|vizcarra|humala|aprista|fujimorismo|caviares?|terrucos?"
)
_OPINION = (
    r"opin\w+|piensa\w*|crees?|cree|parece|de acuerdo|apoy\w+|mejor(?:es)?|peor(?:es)?|corrupt\w+|ladr\w+|roba\w*|rater\w*|culpable\w*|inocente\w*|"
    r"(?:va|van) a ganar|ganar[ao]\w*|gana|renunci\w+|vacar\w*|vacancia|golpe|terruc\w+|prefieres|conviene|simpatiz\w+|merece|gusta|honest\w+|preso|carcel|inutil\w*|mienten?"
)
_ES_POLITICS = patterns(
    r"(?:por|a) (?:quien|cual|que (?:partido|candidat\w+))(?: \w+){0,3}? (?:vot\w+|elij\w+|elegir|apoy\w+|marc\w+)|(?:vot\w+|elegir|marcar)(?: \w+){0,2}? por (?:quien|cual|[kq]eiko|\w+ o )|"
    r"quien (?:va a |van a )?(?:gan\w+|sera)(?: \w+){0,3}? (?:eleccion\w*|segunda vuelta|presidenc\w*|president\w*|alcald\w*)",
    rf"(?:{_OPINION})(?: \w+){{0,6}}? (?:{_RULER})|(?:{_RULER})(?: \w+){{0,6}}? (?:{_OPINION})",
    rf"(?:abajo|fuera|viva|arriba|que se vaya|que se vayan|cierren) (?:el |la |los )?(?:{_RULER}|todos)",
)
_HAS_DUTY = patterns(
    r"multas?|miembro de mesa|local de votacion|donde (?:voto|me toca votar)|libro de reclamaciones|inscri\w+|dispensa|justific\w+|afiliad\w+ a un partido|desafili\w+|tramite|licencia"
)
_QU_POLITICS = patterns(
    r"(?:pi|pita|piman|pipaq|mayqin)\w*(?: \w+){0,3}? (?:buta|akllana|aklla|wuta|aqlla|ilihi)\w+|(?:prisidinti|kungris|kandidatu|kandidata|partidu|alkaldi|gubiirnu|ministru|kamachikuq)\w*"
    r"(?: \w+){0,4}? (?:suwa|allin\w*chu|mana allin|nin?ki|yuyanki|hamuta|piña|kuruptu|llulla|atipa|yallin|gana)\w*|(?:suwa|ima\w* ninki|yuyay\w*ki)\w*(?: \w+){0,3}? (?:prisidinti|kungris|kandidatu|alkaldi|partidu)\w*"
)

# --- what is known of others, and not told: where they live, what they earn, whether they are wanted -------------
_OTHERS = (
    r"(?:mi |el |la |los |las |un |una |de |del |su )?(?:ex(?:espos\w+|novi\w+| marido| pareja| mujer)?|vecin[oa]s?|enamorad[oa]|novi[oa]|inquilin[oa]s?|jef[ea]|suegr[oa]|cuñad[oa]|amig[oa]s?|compañer[oa]|"
    r"profesor[a]?|emplead[oa]|deudor[a]?|casero|amante|alcald\w+|congresista|president\w+|ministr\w+|famos[oa]s?|cantante|futbolista|actriz|actor|esa persona|ese señor|esa señora|"
    r"un tal|una tal|una chica|un chico|una persona|un hombre|una mujer|gente|mujer de mi \w+|dueñ[oa])"
)
_KEPT = (
    r"direccion|domicilio|donde vive|celular|telefono|numero|whatsapp|correo|sueldo|cuanto gana|cuanto cobra|dni|ruc|antecedentes|denuncias?|deudas?|"
    r"propiedades|cuentas?|hijos|estado civil|casad[oa]|requisitoria|historia clinica|placa|clave\w*|contraseña|edad|fecha de nacimiento|datos|ingresos|bienes|fotos?|infocorp"
)
_FIND = r"dame|deme|dime|digame|pasa(?:me)?|pase(?:me)?|averigu\w+|busca\w*|busqu\w+|investig\w+|ubic\w+|encuentr\w+|saber|conseguir|consig\w+|quiero|necesito|rastre\w+|mira|fijate|hay forma|como (?:hago|puedo|se|veo|sac\w+|obteng\w+|averigu\w+|consig\w+)|puedes|tienes acceso|ver"
_ES_OTHERS = patterns(
    rf"(?:{_FIND})(?: \w+){{0,4}}? (?:{_KEPT})(?: \w+){{0,5}}? (?:de|del|que figura en el dni de|donde vive) {_OTHERS}\b|(?:{_FIND})(?: \w+){{0,4}}? {_OTHERS}(?: \w+){{0,3}}? (?:tiene|tenga|debe|gana|vive|cobra|figura|esta casad\w+|es casad\w+)\b",
    rf"(?:cuanto|donde|con quien|cuant[oa]s (?:hijos|propiedades|casas|carros)) (?:gana|cobra|vive|trabaja|debe|tiene|esta casad\w+|nacio) {_OTHERS}\b|{_OTHERS}(?: \w+){{0,4}}? (?:cuanto|donde) (?:gana|cobra|vive|trabaja|debe|esta)\b",
    rf"(?:tiene|tienen|tendra|registra) (?:\w+ )?(?:antecedentes|denuncias?|deudas?|requisitoria|papeletas|hijos|propiedades) {_OTHERS}\b|{_OTHERS}(?: \w+){{0,3}}? (?:tiene|tendra|registra) (?:\w+ )?(?:antecedentes|denuncias?|deudas?|requisitoria|hijos|propiedades)",
    r"(?:averigu|busc|investig|dime|rastre|ubic)\w*(?: \w+){0,6}? (?:como|de quien|quien) (?:se llama|es)(?: \w+){0,4}?|(?:de quien es|a quien pertenece|quien es el dueño de(?:l)?) (?:este |el |la |ese |esa )?(?:numero|celular|dni|placa|telefono|carro|auto)\b|se llama \w+ \w+$",
)
_OWN = patterns(
    r"autoriza\w*|poder (?:notarial|simple)|mi (?:hij|mama|papa|madre|padre|espos|abuel|bebe|niet)\w*|sunarp|partida registral|copia literal|alquil\w+|aliment\w+|demand\w+|denunciar|carta poder"
)
_QU_OTHERS = patterns(
    r"(?:warmiypa machaqnin|qusaypa machaqnin|bisinu|wisinu|iks|amigu|hifi|inamurada|inamuradu|wak runa|huk runa|alkaldi|prisidinti|sutiyuq)\w*pa? (?:\w+ ){0,2}?(?:numirun|nunirun|dnin|siluranin|silularnin|tilifunun|diriqsiyunnin|wasin|qulqin|suwildun|antisidinti|dibi)\w*(?: \w+)? (?:willa|ni|qu|qawa|maska|yacha)\w*|"
    r"(?:bisinu|wisinu|amigu|hifi|wak runa|alkaldi|prisidinti)\w*(?: \w+){0,3}? (?:hayka|maypi|piwan)\w*(?: \w+)? (?:gana|qulqi|tiya|yacha|llanka|dibi)\w*"
)


def is_no_tramite(text: str) -> bool:
    """Whether `text` asks a doctor, a voter, or for what is kept of somebody else."""
    reading = Reading.of(text)
    es, qu = reading.spanish, reading.quechua
    medicine = any_in(_ES_MEDICINE, es) and not any_in(_HAS_PAPER, es)
    medicine_qu = any_in(_QU_MEDICINE, qu) and not any_in(_QU_HAS_PAPER, qu)
    politics = any_in(_ES_POLITICS, es) and not any_in(_HAS_DUTY, es)
    others = any_in(_ES_OTHERS, es) and not any_in(_OWN, es)
    return medicine or medicine_qu or politics or any_in(_QU_POLITICS, qu) or others or any_in(_QU_OTHERS, qu)
