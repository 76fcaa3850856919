"""The Wagtail pages editors work on: the portal, a page per entity, a page per ficha.

The tree is what rights hang on: an editor with rights on RENIEC's page has them on RENIEC's fichas only.
Citizens never read these pages: they read versions (see `versions`).
"""

from collections.abc import Iterator
from itertools import count
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import slugify
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.models import Page, Revision
from wagtail.search import index

from cms.directory.models import Entidad, Sede, Tema
from cms.tramites import preview
from cms.tramites.forms import FichaForm
from cms.tramites.locking import hold_pages
from cms.tramites.models import rows
from cms.tramites.models.versions import Tramite
from cms.tramites.permissions import RightsOnPage
from cms.tramites.preflight.tabs import CheckedTabs
from cms.tramites.schema import Calificacion, Nivel, Tipo


class RightsOnTheTree(Page):
    """Who may do what to a page of ours, wherever Wagtail asks (see `permissions`), and what saving may write over."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> RightsOnPage:
        return RightsOnPage(user, self)

    @transaction.atomic
    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Saving by itself writes over the revision it made before, but never over one that others have counted on."""
        from cms.tramites.authorship import is_settled  # it reads these pages

        if overwrite_revision is not None:
            hold_pages([self.pk])
            if _is_own_latest(self, overwrite_revision, kwargs.get("user")) and is_settled(
                overwrite_revision
            ):
                overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)


def _is_own_latest(page: Page, revision: Revision, user: Any) -> bool:
    """What is neither may not be written over at all: Wagtail refuses it, and says so."""
    latest = Page.objects.filter(pk=page.pk, latest_revision=revision.pk).exists()
    return bool(latest and revision.user_id == (user and user.pk))


class PortalPage(RightsOnTheTree):
    """The root of the tree."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["tramites.EntidadPage"]

    class Meta:
        verbose_name = "portal"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect("/")


class EntidadPage(RightsOnTheTree):
    """An entity's shelf of fichas."""

    entidad = models.OneToOneField(Entidad, on_delete=models.PROTECT, related_name="page")
    parent_page_types: ClassVar[list[str]] = ["tramites.PortalPage"]
    subpage_types: ClassVar[list[str]] = ["tramites.FichaPage"]
    content_panels: ClassVar[list[Panel]] = [FieldPanel("title"), FieldPanel("entidad")]

    class Meta:
        verbose_name = "entidad"
        verbose_name_plural = "entidades"

    def get_url_parts(self, *args: Any, **kwargs: Any) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(*args, **kwargs)
        return parts and (parts[0], settings.PUBLIC_URL, f"/es/entidades/{self.entidad.codigo}/")


def _choices(enum: Any) -> list[tuple[str, str]]:
    return [(member.value, member.value.replace("_", " ")) for member in enum]


class FichaPage(RightsOnTheTree):
    """A ficha being edited: its facts, and its Spanish words."""

    codigo = models.SlugField(
        "código",
        max_length=200,
        unique=True,
        help_text="Permanente. Empieza con la entidad: reniec-dni-duplicado.",
    )
    nivel = models.CharField(max_length=10, choices=_choices(Nivel), default=Nivel.BASICA.value)
    tipo = models.CharField(max_length=24, choices=_choices(Tipo), default=Tipo.POR_CONFIRMAR.value)
    codigo_tupa = models.CharField("código en el TUPA", max_length=40, blank=True)
    para_personas = models.BooleanField(default=True)
    para_empresas = models.BooleanField(default=False)
    temas = ParentalManyToManyField(Tema, blank=True)
    sedes = ParentalManyToManyField(Sede, blank=True)
    pagina_oficial = models.URLField("página oficial", max_length=500, blank=True)
    alias_es = models.TextField(
        "otros nombres", blank=True, help_text="Uno por línea: como lo llama la gente."
    )
    alias_qu = models.TextField("otros nombres en quechua", blank=True, help_text="Uno por línea.")
    cita_requerida = models.BooleanField("necesita cita", null=True, blank=True)
    cita_url = models.URLField("dirección para sacar la cita", max_length=500, blank=True)
    cita_telefono = models.CharField("teléfono para sacar la cita", max_length=40, blank=True)
    vigencia_valor = models.PositiveSmallIntegerField(null=True, blank=True)
    vigencia_unidad = models.CharField(max_length=16, choices=rows.UNIDADES, blank=True)
    vigencia_indefinida = models.BooleanField("no vence", default=False)
    calificacion = models.CharField(
        "calificación",
        max_length=40,
        choices=_choices(Calificacion),
        default=Calificacion.POR_CONFIRMAR.value,
    )
    servicios_2023 = models.JSONField(default=list, blank=True)
    nota_cambio = models.TextField(
        "qué cambia",
        blank=True,
        help_text="Se publica en el historial de la ficha: en una frase, qué cambia.",
    )
    # Who accepted which warnings of the preflight: {"id", "mensaje", "by", "user", "at"}; kept with each revision.
    avisos_aceptados = models.JSONField(default=list, blank=True, editable=False)
    norma_cambio = models.CharField(
        "norma que lo dispone",
        max_length=300,
        blank=True,
        help_text="Si ninguna norma lo dispone, la fuente y su fecha: oficio, página o llamada de la entidad.",
    )
    correccion_menor = models.BooleanField(
        "corrección menor",
        default=False,
        help_text="Solo ortografía o redacción: ningún dato cambia. No se muestra como cambio a la ciudadanía.",
    )

    base_form_class = FichaForm
    # What belongs to one ficha only. A copy takes its code from its own address (see `save`).
    exclude_fields_in_copy: ClassVar[list[str]] = [
        "codigo",
        "nota_cambio",
        "norma_cambio",
        "correccion_menor",
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("codigo", boost=2),
        index.AutocompleteField("codigo"),
    ]
    # The address and the template are the portal's: it shows drafts where it has registered to (see preview.py).
    preview_modes: ClassVar[list[tuple[str, str]]] = [("es", "Castellano"), ("qu", "Quechua")]
    parent_page_types: ClassVar[list[str]] = ["tramites.EntidadPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        FieldPanel("title", heading="Nombre"),
        FieldRowPanel([FieldPanel("codigo"), FieldPanel("nivel")]),
        FieldRowPanel([FieldPanel("nota_cambio"), FieldPanel("norma_cambio")]),
        FieldPanel("correccion_menor"),
        InlinePanel(
            "aspectos", label="Aspecto", heading="Lo que se dice de cada aspecto, y con qué respaldo"
        ),
    ]
    fact_panels: ClassVar[list[Panel]] = [
        InlinePanel("requisitos", label="Requisito", heading="Requisitos"),
        InlinePanel("costos", label="Derecho de tramitación", heading="Costo"),
        InlinePanel("plazos", label="Plazo", heading="Plazo"),
        InlinePanel("pasos", label="Paso", heading="Pasos"),
        InlinePanel("canales", label="Canal", heading="Canales de atención"),
        MultiFieldPanel(
            [FieldPanel("cita_requerida"), FieldPanel("cita_url"), FieldPanel("cita_telefono")],
            heading="Cita",
        ),
        FieldRowPanel(
            [FieldPanel("vigencia_valor"), FieldPanel("vigencia_unidad"), FieldPanel("vigencia_indefinida")],
            heading="Vigencia del resultado",
        ),
    ]
    place_panels: ClassVar[list[Panel]] = [
        InlinePanel("oficinas", label="Oficina", heading="Entidades y unidades que lo ofrecen"),
        FieldPanel("sedes"),
        InlinePanel("contactos", label="Contacto", heading="Contacto"),
    ]
    legal_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("tipo"), FieldPanel("codigo_tupa")]),
        FieldPanel("calificacion"),
        InlinePanel("recursos", label="Recurso", heading="Recursos"),
        InlinePanel("base_legal", label="Norma", heading="Base legal"),
        InlinePanel("formularios", label="Formulario", heading="Formularios"),
    ]
    find_panels: ClassVar[list[Panel]] = [
        FieldPanel("alias_es"),
        FieldPanel("alias_qu"),
        FieldPanel("temas"),
        FieldRowPanel([FieldPanel("para_personas"), FieldPanel("para_empresas")]),
        FieldPanel("pagina_oficial"),
    ]
    edit_handler = CheckedTabs(
        [
            ObjectList(content_panels, heading="Ficha"),
            ObjectList(fact_panels, heading="Hechos"),
            ObjectList(place_panels, heading="Lugares y contacto"),
            ObjectList(legal_panels, heading="Parte legal"),
            ObjectList(find_panels, heading="Para encontrarla"),
            ObjectList([FieldPanel("slug"), *Page.settings_panels], heading="Publicación"),
        ]
    )

    class Meta:
        verbose_name = "ficha"
        verbose_name_plural = "fichas"

    def get_url_parts(self, *args: Any, **kwargs: Any) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(*args, **kwargs)
        # Wagtail serves no page itself: the addresses are the portal's.
        return parts and (parts[0], settings.PUBLIC_URL, f"/es/tramites/{self.codigo}/")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A copy, and a draft without one, get the code of their address: it can still be changed."""
        if not self.codigo:
            self.codigo = _free_code(self.slug or slugify(self.title) or "ficha", self.pk)
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        """A published code is an address others count on: it never changes."""
        super().clean()
        before = FichaPage.objects.filter(pk=self.pk).values_list("codigo", flat=True).first()
        if before and before != self.codigo and Tramite.objects.filter(codigo=before).exists():
            message = "El código de una ficha publicada no cambia: es su dirección. Retírala y publica otra."
            raise ValidationError({"codigo": message})

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview.render(self, request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(f"/es/tramites/{self.codigo}/")


def _free_code(wanted: str, pk: int | None) -> str:
    """`wanted`, or the first of wanted-2, wanted-3… that no other page has."""
    taken = set(FichaPage.objects.exclude(pk=pk).values_list("codigo", flat=True))
    return next(code for code in _numbered(wanted[:190]) if code not in taken)


def _numbered(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}-{number}" for number in count(2))
