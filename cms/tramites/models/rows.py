"""The rows of a ficha in the editor: each a fact, and the Spanish sentence that tells it.

`FACTS` names the columns that are facts; they have the same names as in `cms.tramites.schema`.
`ROWS` is the list of the ficha they belong to.
"""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable

from cms.tramites.schema import Aspecto, Confianza, Unidad, Via

VIAS = [(via.value, via.value.replace("_", " ")) for via in Via]
UNIDADES = [(unit.value, unit.value.replace("_", " ")) for unit in Unidad]
# Wagtail takes a draft without any other text, but not without a slug: a draft may be incomplete.
KEY = FieldPanel("clave", required_on_save=False)
PARTIAL_DATE_HELP = "AAAA, AAAA-MM o AAAA-MM-DD: tan precisa como la fuente."
SUCCESSION_HELP = "Si cambia en una fecha, pon «vigente hasta» en esta fila y añade otra con la misma clave y el año: tasa, tasa-2027."


class Row(Orderable):
    """A row of a ficha; `clave` names it for ever, so its translation and its history follow it."""

    ROWS: ClassVar[str]
    FACTS: ClassVar[tuple[str, ...]]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, "clave", "") or self.pk or "")


class WordedRow(Row):
    clave = models.SlugField(max_length=100, help_text="Nombre corto y permanente de la fila: dni, pago…")
    texto = models.TextField("texto", blank=True)

    class Meta(Row.Meta):
        abstract = True


class InForceRow(WordedRow):
    desde = models.DateField("vigente desde", null=True, blank=True)
    hasta = models.DateField("vigente hasta", null=True, blank=True)

    class Meta(WordedRow.Meta):
        abstract = True


class Requisito(WordedRow):
    ROWS = "requisitos"
    FACTS = ("clave", "tipo", "via", "obligatorio")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="requisitos")
    tipo = models.CharField(
        max_length=10,
        default="documento",
        choices=[(t, t) for t in ("documento", "pago", "dato", "foto", "condicion")],
    )
    via = models.CharField("solo por", max_length=12, choices=VIAS, blank=True)
    obligatorio = models.BooleanField(default=True)
    panels: ClassVar[list[Panel]] = [
        FieldPanel("texto"),
        FieldRowPanel([KEY, FieldPanel("tipo"), FieldPanel("via"), FieldPanel("obligatorio")]),
    ]


class Costo(InForceRow):
    ROWS = "costos"
    FACTS = (
        "clave", "monto", "gratuito", "por_confirmar", "via", "codigo_pago", "uit_porcentaje", "desde", "hasta",
    )  # fmt: skip
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="costos")
    monto = models.DecimalField(
        "monto en soles",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    gratuito = models.BooleanField(default=False)
    por_confirmar = models.BooleanField(default=False)
    via = models.CharField("por", max_length=12, choices=VIAS, blank=True)
    codigo_pago = models.CharField("código de pago", max_length=20, blank=True)
    uit_porcentaje = models.DecimalField(
        "% de la UIT", max_digits=10, decimal_places=2, null=True, blank=True
    )
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("monto"), FieldPanel("gratuito"), FieldPanel("por_confirmar")]),
        FieldRowPanel([KEY, FieldPanel("via"), FieldPanel("codigo_pago")]),
        FieldRowPanel(
            [
                FieldPanel("desde", help_text=SUCCESSION_HELP),
                FieldPanel("hasta"),
                FieldPanel("uit_porcentaje"),
            ]
        ),
        FieldPanel("texto", help_text="Usa {monto} y {codigo_pago}: la cifra se escribe una sola vez."),
    ]


class Plazo(InForceRow):
    ROWS = "plazos"
    FACTS = ("clave", "valor", "valor_max", "unidad", "en_el_dia", "por_confirmar", "desde", "hasta")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="plazos")
    valor = models.PositiveIntegerField(null=True, blank=True)
    valor_max = models.PositiveIntegerField("hasta", null=True, blank=True)
    unidad = models.CharField(max_length=16, choices=UNIDADES, blank=True)
    en_el_dia = models.BooleanField("en el día", default=False)
    por_confirmar = models.BooleanField(default=False)
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("valor"), FieldPanel("valor_max"), FieldPanel("unidad")]),
        FieldRowPanel([KEY, FieldPanel("en_el_dia"), FieldPanel("por_confirmar")]),
        FieldRowPanel([FieldPanel("desde", help_text=SUCCESSION_HELP), FieldPanel("hasta")]),
        FieldPanel("texto", help_text="Usa {plazo} en lugar de la cifra."),
    ]


class Paso(WordedRow):
    ROWS = "pasos"
    FACTS = ("clave", "via")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="pasos")
    via = models.CharField("solo por", max_length=12, choices=VIAS, blank=True)
    panels: ClassVar[list[Panel]] = [FieldPanel("texto"), FieldRowPanel([KEY, FieldPanel("via")])]


class Canal(WordedRow):
    ROWS = "canales"
    FACTS = ("clave", "via", "url", "telefono", "con_cita")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="canales")
    via = models.CharField(max_length=12, choices=VIAS)
    url = models.URLField(max_length=500, blank=True)
    telefono = models.CharField("teléfono", max_length=40, blank=True)
    con_cita = models.BooleanField("con cita", null=True, blank=True)
    panels: ClassVar[list[Panel]] = [
        FieldPanel("texto"),
        FieldRowPanel([KEY, FieldPanel("via")]),
        FieldRowPanel([FieldPanel("url"), FieldPanel("telefono"), FieldPanel("con_cita")]),
    ]


class Recurso(Row):
    ROWS = "recursos"
    FACTS = ("tipo", "autoridad", "presentar_dias", "resolver_dias")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="recursos")
    tipo = models.CharField(
        max_length=16, choices=[("reconsideracion", "reconsideración"), ("apelacion", "apelación")]
    )
    autoridad = models.CharField("autoridad que resuelve", max_length=300, blank=True)
    presentar_dias = models.PositiveSmallIntegerField("días para presentarlo", null=True, blank=True)
    resolver_dias = models.PositiveSmallIntegerField("días para resolver", null=True, blank=True)


class Norma(Row):
    ROWS = "base_legal"
    FACTS = ("norma", "articulo", "titulo", "fecha_publicacion", "url")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="base_legal")
    norma = models.CharField(max_length=200)
    articulo = models.CharField("artículo", max_length=100, blank=True)
    titulo = models.CharField("título", max_length=500, blank=True)
    fecha_publicacion = models.DateField("publicada en El Peruano", null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)


class Formulario(Row):
    ROWS = "formularios"
    FACTS = ("nombre", "codigo", "url")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="formularios")
    nombre = models.CharField(max_length=300)
    codigo = models.CharField("código", max_length=60, blank=True)
    url = models.URLField(max_length=500, blank=True)


class Contacto(Row):
    ROWS = "contactos"
    FACTS = ("tipo", "valor", "anexo")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="contactos")
    tipo = models.CharField(max_length=10, choices=[(t, t) for t in ("telefono", "correo", "web", "unidad")])
    valor = models.CharField(max_length=300)
    anexo = models.CharField(max_length=40, blank=True)


class Oficina(Row):
    ROWS = "oficinas"
    FACTS = ("entidad", "unidad")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="oficinas")
    entidad = models.SlugField("entidad", max_length=100)
    unidad = models.CharField(max_length=300, blank=True)


class AspectoRow(Row):
    """What is said of one aspect, what is doubtful about it, and what stands behind it."""

    ROWS = "aspectos"
    FACTS = ("confianza", "fuente", "fuente_url", "fecha", "vista")
    page = ParentalKey("tramites.FichaPage", on_delete=models.CASCADE, related_name="aspectos")
    aspecto = models.CharField(max_length=16, choices=[(a.value, a.value.replace("_", " ")) for a in Aspecto])
    texto = models.TextField(blank=True)
    duda = models.TextField("qué está por confirmar", blank=True)
    confianza = models.CharField(
        max_length=10, choices=[(c.value, c.value.replace("_", " ")) for c in Confianza], default="sin_dato"
    )
    fuente = models.CharField(max_length=500, blank=True)
    fuente_url = models.URLField("dirección de la fuente", max_length=500, blank=True)
    fecha = models.CharField("fecha de la fuente", max_length=10, blank=True, help_text=PARTIAL_DATE_HELP)
    vista = models.DateField("leída el", null=True, blank=True)
    panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("aspecto"), FieldPanel("confianza")]),
        FieldPanel("texto"),
        FieldPanel("duda"),
        FieldRowPanel([FieldPanel("fuente"), FieldPanel("fuente_url")]),
        FieldRowPanel([FieldPanel("fecha"), FieldPanel("vista")]),
    ]

    class Meta(Row.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "aspecto"], name="aspect_once_per_page")
        ]


ROW_MODELS: tuple[type[Row], ...] = (
    Requisito, Costo, Plazo, Paso, Canal, Recurso, Norma, Formulario, Contacto, Oficina,
)  # fmt: skip
