"""What citizens are told of remarks: what each kind is, how one stands, by when it is answered. Only what is known is said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.conversations.models import ContactKind
from cms.conversations.operations.retention import CONTACT_DAYS
from cms.remarks import letters, periods
from cms.remarks.models import Kind, Plazos, Remark, State
from cms.tramites.models import Tramite
from lenguas import dates

# The ficha of complaints against a shop or a company, which are somebody else's business.
SHOPS = "indecopi-reclamo"


@dataclass(frozen=True, slots=True)
class Words:
    """One kind: its name, what it is for, the title of its page, what to write, and the button."""

    kind: str
    name: str
    what: str
    title: str
    text_label: str
    text_help: str
    button: str


WORDS: dict[str, Callable[[], tuple[str, str, str, str, str, str]]] = {
    Kind.RECLAMO: lambda: (
        _("Reclamo"),
        _("Te atendieron mal, no te atendieron o algo falló, y quieres una respuesta."),
        _("Presenta un reclamo"),
        _("¿Qué pasó?"),
        _("Cuenta qué pasó, qué día y a qué hora, y qué pides."),
        _("Enviar mi reclamo"),
    ),
    Kind.FELICITACION: lambda: (
        _("Felicitación"),
        _("Te atendieron bien y quieres que se sepa."),
        _("Felicita a quien te atendió"),
        _("¿Qué estuvo bien?"),
        _("Si sabes quién te atendió, o qué día fue, dilo."),
        _("Enviar mi felicitación"),
    ),
    Kind.SUGERENCIA: lambda: (
        _("Sugerencia"),
        _("Tienes una idea para que atendamos mejor."),
        _("Dinos cómo mejorar"),
        _("¿Qué cambiarías?"),
        _("Cuéntanos qué te costó y cómo sería más fácil."),
        _("Enviar mi sugerencia"),
    ),
}


def words(kind: str) -> Words:
    return Words(kind, *WORDS[kind]())


def kinds() -> list[Words]:
    return [words(kind) for kind in Kind.values]


@dataclass(frozen=True, slots=True)
class Before:
    """What is told to who is about to write. `libro` and `shops` (code of a ficha) are for a reclamo only.

    `contact_days`, `text_days`: so long after the answer who wrote, and what was written, are kept.
    """

    what_next: list[str]
    contact_days: int
    text_days: int
    needed: bool
    libro: Plazos | None
    shops: str


def before(kind: str) -> Before:
    reclamo = kind == Kind.RECLAMO
    public = Tramite.objects.public().filter(codigo=SHOPS).exists() if reclamo else False
    named = Plazos.objects.exclude(libro_nombre="").first() if reclamo else None
    return Before(
        _what_next(kind), CONTACT_DAYS, settings.RETENTION_DAYS, reclamo, named, SHOPS if public else ""
    )


def _what_next(kind: str) -> list[str]:
    days = periods.working_days(kind)
    told = [
        _("Al enviarlo te damos un número. Anótalo."),
        _("Lo lee una persona de MAC, que queda a cargo de responderte."),
    ]
    if days is not None:
        told.append(_("Te respondemos en {dias} días hábiles como máximo.").format(dias=days))
    told.append(_("Con tu número y tu teléfono o correo ves cómo va y lees la respuesta en estas páginas."))
    return told


def after(remark: Remark) -> list[str]:
    """What happens next with one that is not answered yet, and how its citizen learns of the answer."""
    if remark.state == State.ANSWERED:
        return []
    told = [_by_when(remark.due_on)] if remark.due_on else []
    if not remark.contact:
        return [*told, _("No dejaste teléfono ni correo: lo leeremos, pero no podremos responderte.")]
    told.append(_how(remark))
    told.append(_("Cuando quieras, con el número y tu teléfono o correo puedes ver aquí cómo va."))
    return told


def _by_when(day: date) -> str:
    return _("Te respondemos a más tardar el {dia}.").format(dia=dates.date_text(day, get_language() or "es"))


def _how(remark: Remark) -> str:
    if remark.contact_kind == ContactKind.PHONE:
        return _("La persona que lo responda te llamará por teléfono.")
    if letters.is_possible():
        return _("La respuesta también te llegará por correo.")
    return _("La respuesta quedará en esta página.")


def standing(remark: Remark) -> str:
    return {
        State.NEW: lambda: _("Lo recibimos. Todavía no lo ve una persona."),
        State.TAKEN: lambda: _("Una persona de MAC lo está viendo."),
        State.ANSWERED: lambda: _("Ya está respondido."),
    }[State(remark.state)]()
