"""All fichas by what they lack in Quechua, the most asked first."""

from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]  # comes with Wagtail, whose filters are made of it
from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from cms.directory.models import Entidad
from cms.editing.translation.models import BY_DEMAND, Avance
from cms.editing.translation.rights import entities_of
from cms.editing.translation.states import LABELS, Situacion
from cms.editing.translation.views.access import translators_only

LACKS = (
    ("pendiente", "Le falta algo"),
    ("falta", "Le faltan frases"),
    ("desactualizado", "Tiene frases desactualizadas"),
    ("borrador", "Tiene borradores de máquina"),
    ("traducido", "Tiene frases sin revisar"),
    ("adelanto", "Tiene frases por adelantar"),
    ("completa", "Está al día"),
)


class AvanceFilter(WagtailFilterSet):
    estado = django_filters.ChoiceFilter(label="Qué le falta", choices=LACKS, method="lacking")
    entidad = django_filters.ModelChoiceFilter(label="Entidad", queryset=Entidad.objects.none())

    class Meta:
        model = Avance
        fields: ClassVar[list[str]] = ["estado", "entidad"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = Entidad.objects.filter(pk__in=Avance.objects.values("entidad")).order_by("nombre")
        self.filters["entidad"].queryset = named

    def lacking(self, rows: QuerySet[Avance], name: str, value: str) -> QuerySet[Avance]:
        pending = Q(falta__gt=0) | Q(desactualizado__gt=0) | Q(borrador__gt=0) | Q(adelanto__gt=0)
        if value == "pendiente":
            return rows.filter(pending)
        if value == "completa":
            return rows.exclude(pending)
        return rows.filter(**{f"{value}__gt": 0})


class FichaColumn(TitleColumn):
    cell_template_name = "translation/parts/ficha_cell.html"


def _count_column(state: Situacion | str, label: str) -> Column:
    return Column(str(state), label=label, sort_key=str(state), width="9%")


class ListingView(BaseListingView):
    model = Avance
    template_name = "translation/listing.html"
    results_template_name = "translation/listing_results.html"
    filterset_class = AvanceFilter
    index_url_name = "translation:index"
    index_results_url_name = "translation:results"
    page_title = "Traducción al quechua"
    header_icon = "globe"
    verbose_name = "ficha"
    verbose_name_plural = "fichas"
    is_searchable = True
    search_fields = ("nombre", "codigo")
    paginate_by = 50
    _show_breadcrumbs = True
    columns: ClassVar[list[Column]] = [
        FichaColumn(
            "nombre",
            label="Ficha",
            sort_key="nombre",
            get_url=lambda row: reverse("translation:desk", args=[row.codigo]),
        ),
        Column("entidad", label="Entidad", accessor="entidad.corto", width="12%"),
        _count_column(Situacion.FALTA, "Faltan"),
        _count_column(Situacion.DESACTUALIZADO, "Desactualiz."),
        _count_column(Situacion.BORRADOR, "Borrador"),
        _count_column(Situacion.TRADUCIDO, "Sin revisar"),
        _count_column(Situacion.REVISADO, "Revisadas"),
        _count_column("adelanto", "Por adelantar"),
    ]

    def get_base_queryset(self) -> QuerySet[Avance]:
        rows = Avance.objects.select_related("entidad")
        codes = entities_of(self.request.user)
        return rows if codes is None else rows.filter(entidad__codigo__in=codes)

    def order_queryset(self, queryset: QuerySet[Avance]) -> QuerySet[Avance]:
        """Ties, and the list as it opens, by demand."""
        first = [self.ordering] if self.ordering else []
        return queryset.order_by(*first, *BY_DEMAND)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton("Importar PO", url=reverse("translation:upload"), icon_name="upload"),
            HeaderButton("Exportar todo en PO", url=reverse("translation:export"), icon_name="download"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        entidad = self.filters.form.cleaned_data.get("entidad") if self.filters.is_valid() else None
        return {**context, "totales": _totals(self.get_base_queryset(), entidad), "entidad_elegida": entidad}


def _totals(rows: QuerySet[Avance], entidad: Entidad | None) -> list[tuple[str, int]]:
    """How many sentences are in each state, of all that may be translated or of one entity."""
    if entidad:
        rows = rows.filter(entidad=entidad)
    sums = rows.order_by().aggregate(
        fichas=Count("pk"), **{str(state): Sum(F(str(state))) for state in Situacion}
    )
    return [("Fichas", sums["fichas"]), *((LABELS[state], sums[str(state)] or 0) for state in Situacion)]


@translators_only
def index(request: HttpRequest) -> HttpResponse:
    return ListingView.as_view()(request)  # type: ignore[no-any-return]


@translators_only
def results(request: HttpRequest) -> HttpResponse:
    return ListingView.as_view(results_only=True)(request)  # type: ignore[no-any-return]
