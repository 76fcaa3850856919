"""Signs that what is asked is against the law: a bribe, a forged paper, somebody else's name. Telling of one is none."""

from __future__ import annotations

from assistant.signs.reading import Reading, any_in, patterns

_PAPER = (
    r"dni|brevetes?|licencias?|partidas?|actas?|certificados?|titulos?|antecedentes|pasaportes?|carnets?|carnes?|documentos?|papeles|constancias?|"
    r"boletas?|firmas?|sellos?|nacimiento|conducir|medic[oa]s?|recetas?|facturas?|soat|diplomas?|facultativo"
)
_FALSE = r"truch[oa]s?|bamb[ao]s?|fals[oa]s?|falsificad[oa]s?|adulterad[oa]s?|pirat[ao]s?|clonad[oa]s?|fantasmas?|inventad[oa]s?|chech[oa]s?"
_WHO = (
    r"examinador\w*|evaluador\w*|policia\w*|inspector\w*|funcionari\w*|juez\w*|fiscal\w*|registrador\w*|secretari\w*|emplead\w*|señor\w*|jefe|"
    r"encargad\w*|trabajador\w*|alguien|(?:de|del) (?:adentro|dentro|examen|ventanilla|counter|oficina|municipio|reniec|mtc|la muni)\w*|ellos|ustedes|tramitador\w*|contacto"
)
_PAY = r"pas[oae]r?(?:le|les)?|pag(?:ar|o|ue|ando)(?:le|les)?|d(?:ar|oy)(?:le|les)?|solt(?:ar|o)(?:le|les)?|ofrec(?:er|zo)(?:le|les)?|pong[oa]|poner(?:le)?|regal(?:ar|o)(?:le|les)?|aceit(?:ar|o)\w*|afloj\w+|arregl(?:ar|o)(?:me)?|cuadr(?:ar|o)\w*|romper la mano|plata|platita|dinero|billete|sencillo|propina|regalito|incentivo"
_ES = patterns(
    r"coim\w+|soborn\w+|falsific(?:ar|o|an|a|ado|ados|ada|adas|arlo|arla|adores?|ador)|adulter(?:ar|o|ado|ada)|suplant(?:ar|o|arlo|arla|emos)|"
    r"hacke(?:ar|o|en|as)|lavar (?:dinero|plata)|(?:bajo|debajo de|por debajo de) (?:la )?mesa|por lo bajo|aceitar\w*|romper la mano|bajo cuerda|por izquierda|"
    r"evadir (?:impuestos|a la sunat|la multa)|testaferr\w+|palo blanco|clonar (?:el |un |mi )?(?:dni|tarjeta|placa|brevete)",
    rf"(?:{_PAPER})(?: \w+){{0,3}}? (?:{_FALSE})|(?:{_FALSE}) (?:{_PAPER})|(?:hacen|hacer|hago|venden|vende|compro|comprar|consigo|conseguir|fabrica\w*|saco|sacar|imprim\w+|alquil\w+)"
    rf"(?: \w+){{0,4}}? (?:{_FALSE})",
    # money to somebody so that something is done, or not done
    rf"(?:cuanto|que|a quien|como|donde|puedo|se puede|debo|hay que|si)(?: \w+){{0,3}}? (?:{_PAY})(?: \w+){{0,4}}? (?:{_WHO})(?!\w* (?:del banco|de la nacion))(?: \w+){{0,3}}? (?:para que|pa que|y |si |por|sin|que me|que )",
    rf"(?:{_PAY})(?: \w+){{0,6}}? (?:para que|pa que|y que|y asi|asi) (?:me |nos |no me |no |lo |la |le )?(?:apruebe\w*|aprueben|pase\w*|dejen?|adelante\w*|salga\w*|borren?|quiten?|hagan?|apur\w+|acelere\w*|agilice\w*|firme\w*|pongan?|salte\w*|perdonen?|multen?|ayude\w*|de|den|"
    r"saquen?|atiendan?|vean?|cobren?|anule\w*|pare\w*)",
    r"cuanto (?:le|les) (?:paso|doy|pago|pongo|suelto|ofrezco|tengo que dar|debo dar|dejo|toca) (?:a|al|a la|a los|para) (?!\w*(?:entidad|banco|caja|municip|reniec|sunat|notari|abogad))\w+",
    r"(?:pag|dar|dando|con) \w*(?: \w+){0,3}? (?:de adentro|por adentro|de dentro|desde adentro|por fuera|extra(?:oficial)?mente|por abajo)|(?:tengo|conozco|conoces|sabes de|hay|busco|necesito|recomiend\w+)(?: \w+){0,2}? "
    r"(?:tramitador\w*|contacto\w*|vara|argolla|palanca|jalador\w*)(?: \w+){0,4}? (?:que|para|de adentro|en)",
    # without what everybody has to do
    rf"(?:{_PAPER})(?: \w+){{0,4}}? sin (?:dar|rendir|ir|estudiar|pasar|hacer|tener|aprobar|presentarme|asistir)(?: \w+){{0,2}}? ?(?:examen|examenes|clases|estudi\w*|prueba\w*|curso|manejo|nada|a clases|la edad|medico|evaluacion)?$|"
    rf"(?:saltar(?:me|se)?|evitar|esquivar|burlar|sacarle la vuelta)(?: \w+){{0,2}}? (?:el|la|los|las|al) (?:examen|requisito|ley|norma|control|multa|fila|cola|impuesto|revision|sistema)\w*|"
    rf"(?:compr(?:ar|o|arme|e)|venden?|conseguir|consigo|consigue\w*|alquilan?|vendes)(?: \w+){{0,3}}? (?:brevetes?|licencias?|titulos?|certificados?|dni|antecedentes|pasaportes?|notas?|aprobacion|cupos?)(?: \w+)*? (?:sin|ya hech|firmad|list|aprobad|limpi|rapido|original)\w*",
    # another one's name, age, death or child
    r"(?:hag[oa]|hacer|hacemos|hacerlo|hagamos|hacen) (?:figurar|pasar|aparecer|constar)(?: \w+){0,3}? (?:por|como|vivo|viva|soltero|pobre|hijo|muert)?|"
    r"(?:hacerme|hacerse|hago|me hago) pasar por|firm(?:ar|o|e|arle|arlo|emos) (?:por|en nombre de|como si fuera|en lugar de|con el nombre)(?: \w+){0,3}?|imitar (?:la |su |mi )?firma|"
    r"(?:dos|2|doble|otr[oa]|segundo|tener mas de un) (?:dni|identidad(?:es)?|partidas?|pasaportes?|documentos?)(?: \w+){0,3}? (?:con|distint\w+|diferent\w+|fals\w+|a otro nombre|de otro nombre)|"
    r"(?:con|cambi\w+|aument\w+|poner\w*|sub\w+|baj\w+)(?: \w+){0,3}? (?:otra edad|edad falsa|mas edad|menos edad|otra fecha|años de mas|nombre falso|otro nombre y|otra identidad|mi edad para)|"
    r"(?:usar|uso|prestar|presto|utilizar|usando|con|alquilar)(?: \w+){0,2}? (?:dni|brevete|licencia|carnet|carne|identidad|pasaporte|sis|seguro)(?: \w+)? (?:de mi (?:herman\w+|prim\w+|amig\w+|gemel\w+|vecin\w+|papa|tio)|de otr[oa]|prestad\w+|ajen[oa]|de un (?:muerto|fallecido|amigo))|"
    r"(?:seguir |para |y )?(?:cobr(?:ar|o|ando|emos)|cobrarle)(?: \w+){0,4}? (?:pension|bono|juntos|sueldo|planilla)(?: \w+){0,4}? (?:de )?(?:(?:un |mi |su |el )?(?:muert|fallecid|difunt|finad)\w*|(?:ya )?(?:murio|fallecio)|que (?:ya )?(?:murio|fallecio))|"
    r"mentir(?:le)?(?: \w+){0,4}? (?:sisfoh|sis|sunat|reniec|declaracion|empadronador\w*|formulario|migraciones|juntos|pension)|(?:declarar|decir|poner|digo|pongo)(?: \w+){0,3}? que soy (?:pobre|soltero|discapacitado)(?: \w+){0,3}? (?:aunque|pero|sin|para)|"
    r"(?:ocultar|esconder|no declarar)(?: \w+){0,3}? (?:ingresos|casa|bienes|ventas|mi sueldo|sunat|hijo\w*)|(?:borr|limpi|desaparec|elimin)\w+(?: \w+){0,3}? (?:antecedentes|papeletas|multas|infocorp|requisitoria|historial)(?: \w+){0,3}? "
    r"(?:pagando|con plata|sin pagar|del sistema|por (?:lo bajo|fuera|adentro)|rapido|a alguien)|a quien(?: le)? (?:pago|paso|doy|busco)(?: \w+){0,4}? (?:borr|limpi|desaparec|aprueb|adelant|apur|aceler|quit|sac)\w+",
)
_TOLD = patterns(
    r"denunci\w+|quej\w+|reclam\w+|acus\w+|report\w+|me (?:pid\w+|estaf\w+|vend\w+|dieron|robar\w+|suplant\w+|falsific\w+|cobr\w+|clon\w+|exig\w+|quisieron|ofrec\w+)|nos pid\w+|"
    r"(?:estan|esta|andan|alguien|sospecho|creo que|usaron|usan|sacaron|abrieron)(?: \w+){0,3}? (?:mi nombre|mi dni|mis datos|mi firma|mi identidad)"
)
_QU = patterns(
    r"kuyma\w*|suburn\w*|(?:llulla|falsu|truchu|trucha|banba|yanqa ruwasqa)(?:ta|s)? (?:\w+ )?(?:dni|bribit\w*|partida|sirtifikadu|pasapurti|papil|lisinsiya|titulu|firma|antisidintis?|qilqa|akta)\w*|"
    r"(?:dni|bribit\w*|partida|sirtifikadu|pasapurti|papil|lisinsiya|titulu|firma|antisidintis?)\w* (?:llulla|falsu|truchu|trucha|banba|falsifika)\w*|falsifika\w+|falsu \w+|trucha\w* \w+|llullakuspa\w*|"
    r"(?:mana chiqap|mana chiqaq|mana kaq) (?:dni|bribit\w*|partida|sirtifikadu|papil|titulu)\w*",
    r"(?:pulisiya|huwis|hifi|iqsaminadur|inspiqtur|funsiyunariyu|kamachikuq|atindiq|siñur|siñurita)\w* (?:\w+ ){0,3}?(?:qulqi|platata|platachata)\w* (?:\w+ )?(?:qu|pasa|churapu|paga)\w*|"
    r"(?:qulqi|plata|platacha)\w* (?:\w+ ){0,3}?(?:qu|pasa|churapu|paga)(?:ni|saq|yman|spa|spalla|sunman|ykuspa|spaqa)\w* (?:\w+ ){0,3}?(?:usqay|utqay|apruba|mana iqsamin|lluqsi|pascha|qulluchi|chinkachi)\w*|"
    r"mana iqsamin\w* (?:\w+ ){0,2}?(?:bribit|lisinsiya)\w*|(?:bribit|lisinsiya)\w* mana iqsamin\w*|(?:wañusqa|wañuq)\w*(?: \w+){0,3}? (?:pinsiyun|qulqi|bunu)\w*(?: \w+){0,2}? (?:cubra|kubra|chaskiku|urqu)\w*|"
    r"(?:huk|wak)(?:pa)? (?:runapa )?(?:sutin|dnin)wan\w*",
)
_QU_TOLD = patterns(r"(?:dinunsya|dinunsiya|riqlama|kiha|mañawa|mañamuwa|suwawa|ruwawa)\w*")


def asks_for_a_crime(text: str) -> bool:
    """Whether `text` asks how to do it, and does not tell of somebody who did."""
    reading = Reading.of(text)
    if any_in(_TOLD, reading.spanish) or any_in(_QU_TOLD, reading.quechua):
        return False
    return any_in(_ES, reading.spanish) or any_in(_QU, reading.quechua)
