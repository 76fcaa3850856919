"""What needs a person, counted once per ficha so that a screen over ten thousand of them reads and parses nothing.

All of it is derived: `measuring.refresh` makes the rows of a ficha anew from what is true.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from cms.directory.models import Entidad


class Clase(models.TextChoices):
    """The kinds of trouble a ficha can be in, in the order of the screen."""

    SIN_RESPUESTA = "sin_respuesta", "Preguntan y no hay respuesta"
    VENCIDA = "vencida", "Revisión vencida"
    NUNCA = "nunca", "Nunca revisada"
    CONFIANZA = "confianza", "Confianza baja o media"
    BLANCO = "blanco", "En blanco"
    POR_CONFIRMAR = "por_confirmar", "Por confirmar"
    QUECHUA_VIEJO = "quechua_viejo", "Quechua desactualizado"
    QUECHUA_FALTA = "quechua_falta", "Sin quechua"
    DIFICIL = "dificil", "Difícil de leer"
    ENLACE = "enlace", "Enlaces que no abren"
    AVISO = "aviso", "Avisos aceptados"


class Hallazgo(models.Model):
    """One kind of trouble of one ficha. `aspectos` name where; `desde` is since when, where that is known."""

    codigo = models.SlugField(max_length=200)
    nombre = models.CharField(max_length=300)
    entidad = models.ForeignKey(Entidad, on_delete=models.CASCADE, related_name="+")
    clase = models.CharField(max_length=16, choices=Clase)
    cuantos = models.PositiveIntegerField(default=1)
    aspectos = models.JSONField(default=list)
    detalle = models.CharField(max_length=300, blank=True)
    desde = models.DateField(null=True)
    medido_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-cuantos", "nombre", "codigo")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["codigo", "clase"], name="finding_once_per_kind")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["clase", "entidad", "-cuantos", "nombre", "codigo"], name="health_list"),
            models.Index(fields=["entidad", "clase"], name="health_count"),
        ]
        verbose_name = "hallazgo"
        verbose_name_plural = "hallazgos"

    def __str__(self) -> str:
        return f"{self.codigo}: {self.clase}"


class Consulta(models.Model):
    """How often citizens asked for one aspect of one ficha and got no answer; nobody's words are kept here."""

    codigo = models.SlugField(max_length=200, db_index=True)
    aspecto = models.CharField(max_length=20)
    veces = models.PositiveIntegerField()
    contado_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["codigo", "aspecto"], name="unanswered_once_per_aspect")
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.aspecto}: {self.veces}"


class Busqueda(models.Model):
    """What was searched for on the pages and not found: the covered words once, however often, and the last day."""

    texto = models.CharField(max_length=200)
    idioma = models.CharField(max_length=2)
    huella = models.CharField(max_length=64)
    veces = models.PositiveIntegerField(default=1)
    ultima = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["idioma", "huella"], name="search_once")
        ]
        verbose_name = "búsqueda sin resultado"
        verbose_name_plural = "búsquedas sin resultado"

    def __str__(self) -> str:
        return f"{self.idioma} {self.pk}: {self.veces}"


class Enlace(models.Model):
    """An address fichas lead to, and how it was when it was last asked."""

    class Estado(models.TextChoices):
        SIN_REVISAR = "sin_revisar", "sin revisar"
        ABRE = "abre", "abre"
        NO_ABRE = "no_abre", "no abre"
        # It refuses programs, or is no address of the public network: nobody can say that it is dead.
        NO_SE_SABE = "no_se_sabe", "no se puede revisar"

    url = models.CharField(max_length=500, unique=True)
    host = models.CharField(max_length=255, db_index=True)
    estado = models.CharField(max_length=12, choices=Estado, default=Estado.SIN_REVISAR)
    fallas = models.PositiveSmallIntegerField(default=0)
    codigo_http = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    revisado_at = models.DateTimeField(null=True)
    siguiente_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "enlace"
        verbose_name_plural = "enlaces"

    def __str__(self) -> str:
        return f"{self.url}: {self.estado}"


class Uso(models.Model):
    """A ficha and aspect that lead to an address."""

    enlace = models.ForeignKey(Enlace, on_delete=models.CASCADE, related_name="usos")
    codigo = models.SlugField(max_length=200, db_index=True)
    aspecto = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enlace", "codigo", "aspecto"], name="link_once_per_aspect")
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.aspecto}"
