"""What waits for somebody beside the fichas themselves: followers, packages, second looks, rounds, the UIT."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, Q, Sum, When
from django.urls import reverse
from django.utils import timezone

from cms.editing.confirmation.models import OPEN_STATES, Ronda
from cms.editing.health.measuring import ASKED_DAYS, NO_FICHA
from cms.editing.health.models import Busqueda, Consulta
from cms.editing.learning.queries import candidates
from cms.editing.packages.models import Estado as EstadoPaquete
from cms.editing.packages.models import Paquete
from cms.narration.models import Recording
from cms.publishing.models import OutboxRow, RowState
from cms.tramites.models import FichaPage, Uit
from cms.tramites.models.workflow import Pedido
from cms.tramites.preflight.current import missing_uit_year
from cms.tramites.workflow import published_alone

LATE = timedelta(minutes=5)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: what, how many, and where it is cured (empty where there is nowhere to go)."""

    texto: str
    cuantos: int
    url: str = ""


def waiting() -> list[Waiting]:
    """Only what there is; the most urgent first."""
    return [line for line in _lines() if line.cuantos]


def _lines() -> Iterator[Waiting]:
    failed, late = _followers()
    yield Waiting("Seguidores de una publicación que fallaron", failed, "#seguidores")
    yield Waiting("Seguidores de una publicación con demora", late, "#seguidores")
    states = dict(Paquete.objects.order_by().values_list("estado").annotate(Count("pk")))
    packages = reverse("packages:index")
    stopped, sent = EstadoPaquete.DETENIDO, EstadoPaquete.ENVIADO
    yield Waiting("Paquetes detenidos", states.get(stopped, 0), f"{packages}?estado={stopped}")
    yield Waiting("Paquetes que esperan aprobación", states.get(sent, 0), f"{packages}?estado={sent}")
    alone = published_alone().count()
    yield Waiting("Publicaciones de una sola persona por mirar", alone, reverse("publicacion:urgencias"))
    undone = Paquete.objects.filter(estado=EstadoPaquete.DESHECHO, mirado_at=None).count()
    yield Waiting("Paquetes que deshizo una sola persona, por mirar", undone, packages)
    silent = Recording.objects.filter(stale_at__isnull=False).count()
    yield Waiting("Voces grabadas que nadie oye: el texto cambió", silent, reverse("narration_admin:list"))
    requests = Pedido.objects.filter(estado=Pedido.Estado.PENDIENTE).count()
    yield Waiting("Pedidos de retirar o restituir", requests, reverse("publicacion:pedidos"))
    yield from _rounds()
    year = missing_uit_year()
    if year is not None:
        yield Waiting(f"Falta la UIT de {year}", 1, _add_uit())
    nowhere = Consulta.objects.filter(codigo=NO_FICHA).values_list("veces", flat=True).first() or 0
    yield Waiting(f"Preguntas sin ninguna ficha, en {ASKED_DAYS} días", nowhere)
    searched = Busqueda.objects.aggregate(times=Sum("veces"))["times"] or 0
    yield Waiting(f"Búsquedas del portal sin resultado, en {ASKED_DAYS} días", searched, "#busquedas")
    yield Waiting(
        "Preguntas que el asistente no entendió, por decidir", candidates().count(), reverse("learning:index")
    )


def _followers() -> tuple[int, int]:
    """(failed for good, not done in time)."""
    rows = OutboxRow.objects.unfinished()
    failed = rows.filter(state=RowState.FAILED).count()
    late = rows.exclude(state=RowState.FAILED).filter(change__at__lt=timezone.now() - LATE).count()
    return failed, late


def _rounds() -> Iterator[Waiting]:
    rounds, address = Ronda.objects.filter(estado__in=OPEN_STATES), reverse("confirmation:rounds")
    over = rounds.filter(vence_at__lte=timezone.now()).count()
    yield Waiting("Rondas de confirmación vencidas", over, f"{address}?estado=vencidas")
    bounced = rounds.exclude(rebote="").count()
    yield Waiting("Rondas cuyo correo rebotó", bounced, f"{address}?estado=rebotadas")


@dataclass(frozen=True, slots=True)
class Follower:
    row: OutboxRow
    url: str


def followers() -> list[Follower]:
    """Those that failed for good, then the late ones, the oldest first; each with the screen where it is tried again."""
    failed = Q(state=RowState.FAILED)
    late = failed | Q(change__at__lt=timezone.now() - LATE)
    unfinished = OutboxRow.objects.unfinished().filter(late).select_related("change")
    rows = list(unfinished.order_by(Case(When(failed, then=0), default=1), "pk")[:SHOWN])
    codes = [row.change.key for row in rows]
    pages = dict(FichaPage.objects.filter(codigo__in=codes).values_list("codigo", "pk"))
    return [Follower(row, _followed(pages.get(row.change.key))) for row in rows]


def _followed(page: int | None) -> str:
    return reverse("publicacion:seguimiento", args=[page]) if page else ""


def _add_uit() -> str:
    """The form for a new year, wherever it is registered."""
    viewset = getattr(Uit, "snippet_viewset", None)
    return reverse(viewset.get_url_name("add")) if viewset else ""
