"""Every sentence the conversation itself says, in one place. Facts are never here: they come from fichas."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

# Keys of the assistant's results of the kind `say`.
SAY: dict[str, Callable[[], str]] = {
    "greeting": lambda: _(
        "Hola, soy el asistente virtual de MAC. Pregúntame por un trámite con tus palabras."
    ),
    "thanks": lambda: _("De nada. Si necesitas algo más, aquí estoy."),
    "goodbye": lambda: _("Hasta luego. Puedes volver a escribirme cuando quieras."),
    "help": lambda: _(
        "Puedo decirte qué necesitas para un trámite, cuánto cuesta, cuánto demora y dónde se hace. "
        "Escribe, por ejemplo: «¿qué necesito para el duplicado del DNI?»"
    ),
    "affirm": lambda: _("Bien. ¿Qué quieres saber? Dime el trámite y tu pregunta."),
    "out_of_scope": lambda: _(
        "De eso no sé. Yo doy información sobre trámites que se hacen en los centros MAC."
    ),
    "not_understood": lambda: _("No te entendí bien. ¿Me lo dices de otra forma, con el nombre del trámite?"),
    "not_found": lambda: _("No encuentro ese trámite entre los que conozco."),
    "own_case": lambda: _(
        "No puedo ver tu expediente ni tus datos. De tu caso puede informarte la entidad, "
        "y una persona de Aló MAC puede orientarte."
    ),
    "read_aloud": lambda: _(
        "No tienes que leer: toca «Escuchar» y oirás cada respuesta. También puedes llamar al 1800, Aló MAC."
    ),
    "danger": lambda: _(
        "Lo que te pasa importa, y hay personas que te pueden ayudar ahora. Si hay peligro, llama ya: "
        "Policía 105, bomberos 116, ambulancia SAMU 106. Si sufres violencia en tu familia, Línea 100. "
        "Si piensas en hacerte daño, Línea 113, opción 5."
    ),
    "which_first": lambda: _("De acuerdo. Entonces dime con tus palabras qué trámite buscas."),
    "repeat_none": lambda: _("Todavía no te he respondido nada que pueda repetir. ¿Qué quieres saber?"),
    "locale_switched": lambda: _("De acuerdo, seguimos en castellano."),
    "are_you_a_person": lambda: _(
        "No, soy un programa: el asistente virtual de MAC. Si prefieres, te paso con una persona de Aló MAC."
    ),
    "privacy": lambda: _(
        "No hace falta que me des tu nombre ni tu DNI para informarte. Lo que escribes se guarda para atenderte "
        "y lo puede leer la persona de Aló MAC que te atienda."
    ),
    "phone": lambda: _("Aló MAC atiende en el teléfono 1800. Si buscas otro teléfono, dime de qué trámite."),
    "no_notices": lambda: _(
        "Ahora no hay avisos publicados sobre eso. Antes de ir, puedes preguntar al 1800, Aló MAC."
    ),
    "upset": lambda: _("Siento la molestia."),
    "simpler": lambda: _(
        "Te lo digo otra vez. Si no queda claro, una persona de Aló MAC te lo puede explicar."
    ),
    "which_again": lambda: _(
        "Todavía no sé cuál de esos trámites buscas. Dime qué quieres hacer: sacar por primera vez, renovar, "
        "corregir o pedir una copia."
    ),
}

# What the service itself says around the answers.
NOTICES: dict[str, Callable[[], str]] = {
    "greeting_ficha": lambda: _(
        "Hola, soy el asistente virtual de MAC. ¿Qué quieres saber de este trámite: {nombre}?"
    ),
    "which_tramite": lambda: _("¿De qué trámite me hablas?"),
    "confirm_tramite": lambda: _("¿Me hablas de este trámite: {nombre}?"),
    "which_aspect": lambda: _("¿Qué quieres saber de {nombre}?"),
    "which_sede": lambda: _("¿De qué centro me hablas?"),
    "which_sede_none": lambda: _("Dime el nombre del centro MAC o del lugar, por ejemplo: «MAC Piura»."),
    "own_case_of": lambda: _(
        "No puedo ver tu expediente ni tus datos. De tu caso puede informarte {entidad}, "
        "y una persona de Aló MAC puede orientarte."
    ),
    "offer_person": lambda: _("Si quieres, puedes hablar con una persona de Aló MAC."),
    "unavailable": lambda: _(
        "Ahora no puedo buscar la respuesta: tengo un problema técnico. Tu mensaje quedó guardado. "
        "Puedes hablar con una persona de Aló MAC o llamar al 1800."
    ),
    "answer_gone": lambda: _("Ese trámite ya no está publicado. Dime qué buscas y lo vuelvo a buscar."),
    "handoff_now": lambda: _("Te paso con una persona de Aló MAC. Ya le avisé; te escribirá aquí mismo."),
    "handoff_queued": lambda: _(
        "Pedí que te atienda una persona de Aló MAC. Tu lugar en la cola es el {position}. "
        "Te escribirá aquí mismo; puedes seguir escribiendo."
    ),
    "handoff_closed": lambda: _(
        "Ahora no hay personas atendiendo. Vuelven a atender: {opens}. Tu número de caso es {case}. "
        "Déjanos tu teléfono o tu correo y te buscaremos. Mientras tanto, puedo seguir ayudándote."
    ),
    "handoff_nobody": lambda: _(
        "En este momento no hay ninguna persona que pueda atenderte en castellano. Tu número de caso es {case}. "
        "Déjanos tu teléfono o tu correo y te buscaremos. También puedes llamar al 1800."
    ),
    "handoff_only_spanish": lambda: _(
        "En este momento no hay ninguna persona que hable quechua. Sí hay personas que atienden en castellano: puedes "
        "elegirlo abajo. Si prefieres que te llamen en quechua, tu número de caso es {case}: déjanos tu teléfono o tu "
        "correo."
    ),
    "queue_fallback": lambda: _(
        "Todavía no hay una persona libre que hable quechua. Desde ahora también puede atenderte una persona que solo "
        "habla castellano. Si prefieres que te llamen en quechua, déjanos tu teléfono."
    ),
    "handoff_contact_known": lambda: _(
        "Tu pedido sigue en pie, con el número de caso {case}. Te buscaremos en {contact}."
    ),
    "handoff_active": lambda: _("Ya te está atendiendo una persona de Aló MAC. Escríbele aquí mismo."),
    "handoff_undone": lambda: _(
        "Listo, quité tu pedido de hablar con una persona. Sigo contigo: ¿qué quieres saber?"
    ),
    "handoff_nothing_to_undo": lambda: _("No tienes ningún pedido pendiente de hablar con una persona."),
    "contact_saved": lambda: _("Anotado: te buscaremos en {contact}. Tu número de caso es {case}."),
    "contact_saved_waiting": lambda: _("Anotado: si se corta la conversación, te buscaremos en {contact}."),
    "queue_position": lambda: _(
        "Tu mensaje le llegará a la persona que te atienda. Tu lugar en la cola es el {position}."
    ),
    "waiting_to_callback": lambda: _(
        "Ya no queda nadie que pueda atenderte ahora. No pierdes tu pedido: tu número de caso es {case}. "
        "Déjanos tu teléfono o tu correo y te buscaremos."
    ),
    "waiting_place_kept": lambda: _(
        "Ya no queda nadie que pueda atenderte ahora. No pierdes tu pedido: tu número de caso es {case}. "
        "Déjanos tu teléfono o tu correo y te buscaremos. Si no lo dejas y alguien vuelve hoy, vuelves a tu lugar "
        "en la cola."
    ),
    "back_in_queue": lambda: _(
        "Ya hay otra vez una persona de Aló MAC. Vuelves a tu lugar en la cola, el {position}. Te escribirá aquí mismo."
    ),
    "waiting_to_call": lambda: _(
        "Ya no queda nadie que pueda atenderte ahora. No pierdes tu pedido: tu número de caso es {case}. "
        "Te buscaremos en {contact}."
    ),
    "agent_joined": lambda: _("Ya está contigo {name}, de Aló MAC."),
    "agent_joined_spanish": lambda: _(
        "Ya está contigo {name}, de Aló MAC. No habla quechua: nadie que lo hable estaba libre."
    ),
    "agent_joined_without_quechua": lambda: _("Ya está contigo {name}, de Aló MAC. No habla quechua."),
    "agent_changed": lambda: _("Ahora te atiende {name}, de Aló MAC."),
    "agent_lost": lambda: _(
        "Se perdió la conexión con la persona que te atendía. Vuelves a tu lugar en la cola; no tienes que repetir nada."
    ),
    "agent_silent": lambda: _(
        "La persona que te tomó no pudo responderte. Vuelves a tu lugar en la cola; no tienes que repetir nada."
    ),
    "requeued": lambda: _("Te pasamos con otra persona de Aló MAC. Conservas tu lugar en la cola."),
    "handed_back": lambda: _(
        "La atención con la persona de Aló MAC terminó. Sigo yo, el asistente, por si necesitas algo."
    ),
    "closed_by_agent": lambda: _(
        "La persona de Aló MAC cerró la conversación. Si escribes de nuevo, te responderá el asistente."
    ),
    "closed_by_citizen": lambda: _(
        "Cerraste la conversación. Si escribes de nuevo, te responderá el asistente."
    ),
    "rated": lambda: _("Gracias por tu calificación."),
    "remark_recorded": lambda: _("Lo que nos dijiste quedó anotado con el número {number}."),
    "remark_recorded_where": lambda: _(
        "Lo que nos dijiste quedó anotado con el número {number}. Con ese número y tu teléfono o correo ves cómo va "
        "y lees la respuesta en {address}"
    ),
}

LABELS: dict[str, Callable[[], str]] = {
    "handoff": lambda: _("Hablar con una persona de Aló MAC"),
    "undo_handoff": lambda: _("Ya no, sigo con el asistente"),
    "none_of_these": lambda: _("Ninguno de estos"),
    "not_this": lambda: _("No, es otro"),
}
# What an API client is told when something is refused; the citizen may well see it.
PROBLEMS: dict[str, Callable[[], str]] = {
    "no_conversation": lambda: _("Esa conversación no existe o no es tuya."),
    "empty": lambda: _("El mensaje está vacío: escribe algo."),
    "too_long": lambda: _("El mensaje es demasiado largo: escribe como máximo 4000 caracteres."),
    "client_id": lambda: _("client_id debe tener de 1 a 64 caracteres visibles."),
    "unknown_payload": lambda: _("Esa opción no existe: usa una de las que vienen en el mensaje."),
    "text_or_payload": lambda: _("Envía text o payload, uno de los dos."),
    "broken_json": lambda: _("No se pudo leer el pedido: debe ser JSON."),
    "invalid": lambda: _("Algún dato del pedido no es válido."),
    "contact": lambda: _("Escribe un número de teléfono o un correo válido para poder buscarte."),
    "too_many": lambda: _(
        "Hay demasiados mensajes desde tu conexión. Espera {seconds} segundos y vuelve a intentar."
    ),
    "on_hold": lambda: _(
        "Por orden de una autoridad esta conversación se guarda y no se puede borrar ahora. Pregunta al 1800."
    ),
    "busy": lambda: _("Hay demasiadas conexiones abiertas. Vuelve a intentar en unos segundos."),
}
TITLES: dict[int, Callable[[], str]] = {
    400: lambda: _("Pedido ilegible"),
    409: lambda: _("No se puede ahora"),
    404: lambda: _("No encontrado"),
    413: lambda: _("Demasiado largo"),
    422: lambda: _("Dato no válido"),
    429: lambda: _("Demasiados pedidos"),
}
# The names of the languages are written in the language itself, whatever the one in force.
LANGUAGE_CHOICES = {"es": "Seguir en castellano", "qu": "Runasimipi rimasun"}


def say(key: str, locale: str, **values: object) -> str:
    """The sentence `key` in `locale`; raises KeyError for a key that is not here."""
    with translation.override(locale):
        template = _template(key)
    # A problem is told where the database may be the problem, or must not be waited for.
    if locale == "qu" and key not in PROBLEMS:
        template = corrected_quechua(key, template)
    return template.format(**values) if values else template


def _template(key: str) -> str:
    return (SAY.get(key) or NOTICES.get(key) or LABELS.get(key) or PROBLEMS[key])()


Corrections = Callable[[str, str], str]
_corrections: list[Corrections] = []


def register_corrections(corrected: Corrections) -> None:
    """`corrected` gets a Spanish sentence and its Quechua, and returns the Quechua a speaker has signed, or the same."""
    if corrected not in _corrections:
        _corrections.append(corrected)


def corrected_quechua(key: str, quechua: str) -> str:
    with translation.override("es"):
        spanish = _template(key)
    for corrected in _corrections:
        quechua = corrected(spanish, quechua)
    return quechua


def sentences() -> dict[str, tuple[str, str]]:
    """What is said in a conversation, by its key: the Spanish, and the Quechua of the catalogue, with room for values."""
    found = {}
    for key in [*SAY, *NOTICES, *LABELS]:
        with translation.override("es"):
            spanish = _template(key)
        with translation.override("qu"):
            found[key] = (spanish, _template(key))
    return found


def title(status: int, locale: str) -> str:
    """The short name of a refusal with this HTTP status."""
    with translation.override(locale):
        return TITLES[status]() if status in TITLES else TITLES[422]()
