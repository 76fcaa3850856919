"""How far each ficha is in Quechua, for lists; and files of translations that wait for a yes."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from cms.directory.models import Entidad

BY_DEMAND = ("-consultas", "orden", "nombre", "codigo")


class Avance(models.Model):
    """The sentences of one ficha counted by state. Derived: `progress.refresh` makes it anew from what is true.

    `adelanto` counts the sentences of a draft, not yet public, that have no Quechua so far.
    """

    codigo = models.SlugField(max_length=200, unique=True)
    entidad = models.ForeignKey(Entidad, on_delete=models.CASCADE, related_name="+")
    nombre = models.CharField(max_length=300)
    publica = models.BooleanField("pública", default=True)
    falta = models.PositiveIntegerField(default=0)
    desactualizado = models.PositiveIntegerField(default=0)
    borrador = models.PositiveIntegerField(default=0)
    traducido = models.PositiveIntegerField(default=0)
    revisado = models.PositiveIntegerField(default=0)
    adelanto = models.PositiveIntegerField(default=0)
    # Answers the assistant gave about it in the last ninety days, and its place in the documents' list of most asked.
    consultas = models.PositiveIntegerField(default=0)
    orden = models.PositiveIntegerField(default=9999)

    class Meta:
        ordering = BY_DEMAND
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=BY_DEMAND, name="avance_by_demand"),
        ]
        verbose_name = "avance de traducción"
        verbose_name_plural = "avances de traducción"

    def __str__(self) -> str:
        return self.nombre

    @property
    def pendiente(self) -> int:
        return self.falta + self.desactualizado + self.borrador + self.adelanto


class Importacion(models.Model):
    """A PO file as it was read: what it would write (`entradas`) and what is said of it (`informe`).

    `entradas`: list of {codigo, clave, castellano, texto, borrador, edicion}, ficha by ficha; `hechas` of them are dealt
    with, `escritas` written. `informe`: see `importing.Lectura.informe`.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "por confirmar"
        APLICANDO = "aplicando", "guardándose"
        APLICADA = "aplicada", "aplicada"
        DESCARTADA = "descartada", "descartada"

    archivo = models.CharField(max_length=200)
    variedad = models.CharField(max_length=5, default="quy")
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    entradas = models.JSONField(default=list)
    informe = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hechas = models.PositiveIntegerField(default=0)
    escritas = models.PositiveIntegerField(default=0)
    aplicada_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = "importación de traducciones"
        verbose_name_plural = "importaciones de traducciones"

    def __str__(self) -> str:
        return f"{self.archivo} ({self.get_estado_display()})"
