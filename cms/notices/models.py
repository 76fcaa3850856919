"""A notice: what citizens must know for a while, from an editor, with its source and its end."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from cms.directory.models import Entidad, Sede
from cms.tramites.models import Tramite

# What a template leaves for the editor to fill in.
BLANK = re.compile(r"\[[^\]]*\]")


class Tipo(models.TextChoices):
    EMERGENCIA = "emergencia", "emergencia"
    CENTRO_CERRADO = "centro_cerrado", "centro cerrado"
    SISTEMA_CAIDO = "sistema_caido", "sistema caído"
    OTRO = "otro", "otro aviso"


class Severidad(models.IntegerChoices):
    """The lower, the higher on the page."""

    URGENTE = 1, "urgente: hay peligro o nadie atiende"
    IMPORTANTE = 2, "importante: cambia lo que la gente debe hacer"
    INFORMA = 3, "informa: conviene saberlo"


class Aviso(models.Model):
    """In force from `desde` until just before `hasta`. Without a place or subject it concerns everybody."""

    tipo = models.CharField(max_length=20, choices=Tipo, default=Tipo.OTRO)
    severidad = models.PositiveSmallIntegerField(choices=Severidad, default=Severidad.IMPORTANTE)
    titulo = models.CharField("título", max_length=120)
    texto = models.TextField(
        max_length=600, help_text="Frases cortas: qué pasa, qué hacer, a quién preguntar."
    )
    titulo_qu = models.CharField("título en quechua", max_length=120, blank=True)
    texto_qu = models.TextField(
        "texto en quechua",
        max_length=600,
        blank=True,
        help_text="Solo un aviso urgente puede salir sin quechua: se dice en castellano y se ofrece una persona.",
    )
    desde = models.DateTimeField(help_text="Hora de Lima.")
    hasta = models.DateTimeField(
        help_text="Hora de Lima. Desde ese minuto el aviso ya no se ve en ninguna parte."
    )
    cierra_desde = models.DateTimeField(
        "cierra desde",
        null=True,
        blank=True,
        help_text="Solo si el centro no está cerrado todo el tiempo en que se ve el aviso. Sin fecha: desde que se ve.",
    )
    cierra_hasta = models.DateTimeField(
        "cierra hasta",
        null=True,
        blank=True,
        help_text="Desde ese minuto vuelve a su horario. Sin fecha: hasta que el aviso deja de verse. Hora de Lima.",
    )
    regiones = models.JSONField(default=list, blank=True)
    entidades = models.ManyToManyField(Entidad, blank=True, related_name="+")
    sedes = models.ManyToManyField(Sede, blank=True, related_name="+")
    tramites = models.ManyToManyField(Tramite, blank=True, related_name="+", verbose_name="trámites")
    fuente = models.CharField(
        max_length=300, help_text="Quién lo dice: comunicado, decreto, llamada de la sede."
    )
    fuente_fecha = models.DateField("fecha de la fuente")
    fuente_url = models.CharField(
        "dirección de la fuente", max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )

    class Meta:
        ordering = ("severidad", "-desde", "-id")
        verbose_name = "aviso"
        verbose_name_plural = "avisos"
        indexes = [models.Index(fields=["hasta", "desde"])]
        constraints = [
            models.CheckConstraint(condition=Q(hasta__gt=F("desde")), name="aviso_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def closed_from(self) -> datetime:
        """When its places begin to be closed; never before it is told."""
        return max(self.cierra_desde or self.desde, self.desde)

    @property
    def closed_until(self) -> datetime:
        return self.cierra_hasta or self.hasta

    def clean(self) -> None:
        """Refuses what a citizen could not understand, and a notice nobody would ever end."""
        problems: dict[str, str] = {}
        begins: datetime | None = self.desde
        ends: datetime | None = self.hasta
        if begins and ends and ends <= begins:
            problems["hasta"] = "El aviso debe terminar después de empezar."
        elif begins and ends:
            problems |= self._problems_of_closure()
        for name in ("titulo", "texto", "titulo_qu", "texto_qu"):
            if BLANK.search(getattr(self, name)):
                problems[name] = "Completa lo que está entre corchetes, o quítalo."
        if bool(self.titulo_qu.strip()) != bool(self.texto_qu.strip()):
            problems["titulo_qu"] = "En quechua van el título y el texto, los dos."
        elif not self.titulo_qu.strip() and self.severidad != Severidad.URGENTE:
            problems["titulo_qu"] = "Falta el quechua. Solo un aviso urgente puede salir sin él."
        if problems:
            raise ValidationError(problems)

    def _problems_of_closure(self) -> dict[str, str]:
        """A closure lies within the notice that tells of it: nothing is closed that no notice says is."""
        if self.tipo != Tipo.CENTRO_CERRADO:
            named = [name for name in ("cierra_desde", "cierra_hasta") if getattr(self, name)]
            return dict.fromkeys(named, "Solo un aviso de centro cerrado lleva estas fechas. Quítala.")
        if self.cierra_desde and self.cierra_desde >= self.hasta:
            return {"cierra_desde": "El centro cierra cuando el aviso ya no se ve: pon «hasta» después."}
        if self.closed_until > self.hasta:
            return {
                "cierra_hasta": (
                    "El aviso debe verse mientras el centro está cerrado: pon «hasta» después, o adelanta esta fecha."
                )
            }
        if self.closed_until <= self.closed_from:
            return {"cierra_hasta": "El cierre debe terminar después de empezar, y de que el aviso se vea."}
        return {}
