"""Words that ask, and words that say nothing of which tramite is meant. Folded; compared by stem in both languages."""

# What a question is made of, and what any citizen says around it.
SPANISH = """
a al ante antes ahi ahora algo alguien algun alguna aqui asi aun aunque ay bien buen buena buenas buenos cada casi
como con cual cuales cualquier cuando cuanta cuantas cuanto cuantos cosa cosas da dan de debo decir deme del desde
dice dicen dime diga disculpa disculpe donde e el ella ellos en entonces era es esa ese eso esos esta estan estaba
este esto estoy fue favor gracias ha haber hablar hace hacen hacer hacerlo haciendo hago han hasta hay hola hora horas hoy
he la las le les lo los llama llamo mas me mi mis mucho muy ni no nos nosotros o oiga otra otro para pe pero pues
podemos podria porfa porque por puede pueden puedo puedes que quiero quisiera queria q k qe x xq quien quienes
sabe saber sabes se sea senor senora senorita ser si sin sobre solo son soy su sus tal también tambien tan tanto
te tengo tener tenemos tiene tienen tienes toca todavia todo tramitar tramite tramites tu tus un una uno unos
usted ustedes va van vamos vaya ver vez voy ya yo y sacar saco sacarlo sacarla sacan obtener consigo conseguir pedir
pido piden solicitar solicito realizar gestionar urgente urge rapido senores joven amigo amiga doctor mac alo
pa pal ke cto adonde nomas siempre nunca luego despues mientras sigue siguen digame diganme indique indiqueme sirvase
tenga tengan den acaba acaban empiezo empieza viene vienen recien perdon oye
deseo necesitaba ayuda ayudame ayudenme consulta consultar pregunta preguntar duda info
""".split()

# What is asked of a tramite: the aspect, not the tramite.
ASKING = """
costo costos cuesta cuestan costar costaria precio precios vale valer tarifa tarifas tasa monto pagar pago pagan cobran
cobra cobrar soles plata dinero gratis gratuito requisito requisitos necesito necesita necesitan necesario papeles
documento documentos llevar llevo presentar falta pide piden plazo plazos demora demoran demorar tarda tardan
dias tiempo rapido cuanto pasos paso procedimiento proceso donde lugar lugares sede sedes oficina oficinas direccion
ubicacion queda quedan cerca horario horarios atienden atiende atencion abren abre cierran cierra abierto cerrado
domingo sabado lunes martes miercoles jueves viernes feriado manana tarde noche internet online linea virtual web pagina
virtualmente presencial presencialmente personalmente telefono celular llamar cita citas turno reservar sacar
recoger recojo recibo entregan entrega resultado vence vencimiento vencer vigencia vigente dura duracion valido caduca
silencio aprobacion automatica evaluacion calificacion reclamo apelar apelacion reconsideracion recurso recursos niegan
rechazan rechazaron norma normas ley leyes legal decreto base tupa formulario formularios formato ficha descargar
contacto correo email numero anexo whatsapp canal canales explicame explica significa sirve entender repite
""".split()

# Of these, what is also the name of tramites.
COMPLAINING = frozenset(
    "reclamo reclamos reclamar reclamación reclamacion queja quejas quejarme apelar apelación apelacion".split()
)

# Places, times and people that a follow-up may name without naming another tramite.
NEUTRAL = """
vivo vivimos viven peru lima callao cusco cuzco ayacucho puno juliaca arequipa piura huancayo junin trujillo libertad
loreto iquitos ucayali pucallpa moquegua huanuco cajamarca ica ancash chimbote huaraz tacna apurimac abancay
huancavelica huanta tumbes lambayeque chiclayo amazonas martin pasco madre dios comas provincia provincias sierra selva
costa pueblo comunidad distrito ciudad barrio ayer semana mes total doy dan donde causa pata ano anos edad mama papa madre padre esposo esposa hermano
hermana abuelo abuela familiar tio tia amigo amiga vecino vecina senor senora señora señorita doctor doctora ir solo mismo misma propio persona personas gente caso problema problemas vez veces parte partes forma manera vuelta cola
fila turno rato momento minuto minutos hora semanas meses anio anios dia primero segundo tercero ultima ultimo proximo
proxima siguiente anterior nuevo nueva viejo vieja antiguo antigua efectivo tarjeta yape plin transferencia deposito
efectivamente sencillo facil dificil verdad mentira cierto igual distinto diferente aparte ademas incluido incluye
original copia copias fotocopia fotocopias foto fotos simple obligatorio opcional completo completa
entero entera sector provincia region zona calle avenida frente lado dentro fuera lejos bus
lluvia sol calor frio dinerito sueldo plata billete vuelto vuelo compadre comadre hermanito hermanita sobrino
sobrina suegra suegro cunado cunada familia familiares enamorado enamorada pareja jefe jefa patron
 trabajo chamba oficina ventanilla modulo puerta piso centro plaza mercado
computadora laptop pc app aplicacion link enlace pantalla boton error
adulto adulta joven yo nadie alguien campo chacra trabajo todos
""".split()

QUECHUA = """
imata ima imam imataq imatataq imapaq hayka haykam haykataq haykapi mayka may maypi maypim maypitaq mayman imayna
imaynata imaynataq imaynam pi pitaq pim hayk'a mana manam ama ari arí kay chay wak kaypi chaypi kani kanki kachkan kan
munani munanki munayman munachkani atini atinki atiyman ruwani ruwasaq ruwana ruway rurana ruray rurasaq necesitani
necesitanki mañakuy mañakuni mañakusaq apana apasaq apamuna apani qukuy quwanku chani chanin chaninqa kustan cuestan
pagana pagani pagasaq pagay qullqi qullqita suyana suyasaq unay unayta punchaw killa wata ura hora yachay yachayta
yachachiway willaway willakuy yanapaway tapukuy tapuyki ñuqa noqa qam qan pay taytay mamay wawqi pani ama hina kaspayki
allinllachu napaykuyki añay sulpayki nisqa nisqan nin kunan paqarin hatun llapa tukuy huk iskay rimay rimayta watayuq orqoy
urquy urqusaq orqosaq hurquy hurqusaq horqoyta urquyta riq riy risaq rini rinay llaqta yachani tiyani chaskiy chaskisaq
kichan kichanku atiendin atienden wichqan qawana
""".split()

# Roots of Quechua, for any of their forms.
ASKING_ROOTS = """
chani pagu qillqa qillqasqa wicha kicha atiendi maña suya chaya
""".split()
NEUTRAL_ROOTS = """
karu runa llamka maska yanapa kuti chakra tiya yacha qaynunchay taksi hospital universidad colegio llaqta ñan uma
""".split()
