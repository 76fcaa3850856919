"""One screen of what needs a person. It reads rows counted beforehand: fast at ten thousand fichas."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cms.accounts.models import User
from cms.directory.models import Entidad
from cms.editing.health.cures import TRANSLATED, cure_of
from cms.editing.health.measuring import totals
from cms.editing.health.models import Busqueda, Clase, Consulta, Hallazgo
from cms.editing.health.searches import LEAST_TIMES_SHOWN, SHOWN, shown_searches
from cms.editing.health.waiting import followers, waiting
from cms.editing.translation.rights import entities_of
from cms.tramites.labels import aspect_title
from cms.tramites.rights import entidades_de
from cms.tramites.schema import Aspecto

PER_PAGE = 50
# An entity can settle these: a round of confirmation is offered beside the field.
ASKED_OF_THE_ENTITY = (Clase.CONFIANZA, Clase.VENCIDA, Clase.NUNCA, Clase.POR_CONFIRMAR, Clase.BLANCO)


@dataclass(frozen=True, slots=True)
class Line:
    hallazgo: Hallazgo
    curas: list[tuple[str, str]]
    confirmar: str


@dataclass(frozen=True, slots=True)
class Doors:
    """The screens somebody may open; None are those of all entities."""

    writes: frozenset[int]
    translates: frozenset[str] | None

    @classmethod
    def of(cls, request: HttpRequest) -> "Doors":
        assert isinstance(request.user, User)
        own = entidades_de(request.user, can="change").order_by().values_list("pk", flat=True)
        return cls(frozenset(own), entities_of(request.user))

    def open(self, row: Hallazgo) -> bool:
        if row.clase in TRANSLATED:
            return self.translates is None or row.entidad.codigo in self.translates
        return row.entidad_id in self.writes


def health(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request)
    entidad = _entidad(request.GET.get("entidad", ""), scope)
    within = [entidad.pk] if entidad else scope
    clase = request.GET.get("clase", "")
    rows = Hallazgo.objects.select_related("entidad").filter(clase=clase)
    if within is not None:
        rows = rows.filter(entidad__in=within)
    counted = list(totals(within))
    if clase == Clase.BLANCO:
        # A basic ficha is blank by nature: the complete ones come first.
        rows = rows.order_by("detalle", "-cuantos", "nombre", "codigo")
    doors = Doors.of(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "header_title": "Salud del contenido",
        "header_icon": "glasses",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Inicio"},
            {"url": reverse("content_health:health"), "label": "Salud del contenido"},
        ],
        "totals": counted,
        "clase": clase,
        "label": Clase(clase).label if clase in Clase else "",
        "entidad": entidad,
        "entidades": _entidades(scope),
        "page": page,
        "lines": [_line(row, doors) for row in page],
        "medido": Hallazgo.objects.aggregate(primero=Min("medido_at"), ultimo=Max("medido_at")),
        "contado_at": Consulta.objects.aggregate(at=Max("contado_at"))["at"],
        "waiting": waiting(),
        "followers": followers(),
        "searches": shown_searches()[:SHOWN],
        "searched_once": Busqueda.objects.filter(veces__lt=LEAST_TIMES_SHOWN).count(),
    }
    return TemplateResponse(request, "health/health.html", context)


def scope_of(request: HttpRequest) -> list[int] | None:
    """The entities somebody writes or translates for; None, which is all, for those who do it for every one."""
    assert isinstance(request.user, User)
    if request.user.is_superuser:
        return None
    own = list(entidades_de(request.user).values_list("pk", flat=True))
    translated = entities_of(request.user)
    if translated is None:
        return None
    return sorted({*own, *Entidad.objects.filter(codigo__in=translated).values_list("pk", flat=True)})


def _entidades(scope: list[int] | None) -> list[Entidad]:
    found = Entidad.objects.filter(pk__in=Hallazgo.objects.order_by().values("entidad").distinct())
    return list(found if scope is None else found.filter(pk__in=scope))


def _entidad(codigo: str, scope: list[int] | None) -> Entidad | None:
    found = Entidad.objects.filter(codigo=codigo[:100])
    return (found if scope is None else found.filter(pk__in=scope)).first() if codigo else None


def _line(row: Hallazgo, doors: Doors) -> Line:
    aspects = [] if row.clase in TRANSLATED else [a for a in row.aspectos if a in set(Aspecto)]
    may = doors.open(row)
    cures = [(aspect_title(Aspecto(a), "es"), _way(row, a) if may else "") for a in aspects]
    general = "Traducir" if row.clase in TRANSLATED else "Abrir la ficha"
    asks = row.clase in ASKED_OF_THE_ENTITY and row.entidad_id in doors.writes
    ask = f"{reverse('confirmation:new')}?ficha={row.codigo}" if asks else ""
    return Line(row, cures or ([(general, _way(row, ""))] if may else []), ask)


def _way(row: Hallazgo, aspecto: str) -> str:
    """Through our own address: where the field is, is looked up when somebody goes there, not for every row."""
    address = reverse("content_health:cure", args=[row.codigo])
    return f"{address}?clase={row.clase}&aspecto={aspecto}"


def cure(request: HttpRequest, codigo: str) -> HttpResponse:
    address = cure_of(codigo, request.GET.get("clase", ""), request.GET.get("aspecto", ""))
    if not address:
        raise Http404(codigo)
    return HttpResponseRedirect(address)
