"""The Wagtail pages editors work on: the portal, a page per entity, a page per ficha.

The tree is what rights hang on: an editor with rights on RENIEC's page has them on RENIEC's fichas only.
Citizens never read these pages: they read versions (see `versions`).
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page

from cms.directory.models import Entidad, Sede, Tema
from cms.tramites import preview
from cms.tramites.forms import FichaForm
from cms.tramites.models import rows
from cms.tramites.models.versions import Tramite
from cms.tramites.schema import Calificacion, Nivel, Tipo


class PortalPage(Page):
    """The root of the tree."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["tramites.EntidadPage"]

    class Meta:
        verbose_name = "portal"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect("/")


class EntidadPage(Page):
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


class FichaPage(Page):
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
    norma_cambio = models.CharField("norma que lo dispone", max_length=300, blank=True)

    base_form_class = FichaForm
    # The address and the template are the portal's: it shows drafts where it has registered to (see preview.py).
    preview_modes: ClassVar[list[tuple[str, str]]] = [("es", "Castellano"), ("qu", "Quechua")]
    parent_page_types: ClassVar[list[str]] = ["tramites.EntidadPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Panel]] = [
        FieldPanel("title", heading="Nombre"),
        FieldRowPanel([FieldPanel("codigo"), FieldPanel("nivel")]),
        FieldRowPanel([FieldPanel("nota_cambio"), FieldPanel("norma_cambio")]),
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
    edit_handler = TabbedInterface(
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
