"""Entities, the places of the network, their hours, and Peru's holidays. What is not known is null."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cms.directory.weekdays import weekdays


class Entidad(models.Model):
    codigo = models.SlugField("código", max_length=100, unique=True)
    nombre = models.CharField(max_length=250)
    sigla = models.CharField(max_length=40, blank=True)
    tipo = models.CharField(max_length=10, blank=True)
    nivel = models.CharField(max_length=20, blank=True)
    alias = models.JSONField("otros nombres", default=list, blank=True)
    nota = models.TextField("nota interna", blank=True)

    class Meta:
        ordering = ("nombre",)
        verbose_name = "entidad"
        verbose_name_plural = "entidades"

    def __str__(self) -> str:
        return f"{self.sigla} · {self.nombre}" if self.sigla else self.nombre

    @property
    def corto(self) -> str:
        """The name people use: the sigla where there is one."""
        return self.sigla or self.nombre


class Tema(models.Model):
    codigo = models.SlugField("código", max_length=100, unique=True)
    es = models.CharField("nombre", max_length=120)
    qu = models.CharField("sutin (quechua)", max_length=120)
    orden = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("orden", "es")
        verbose_name = "tema"
        verbose_name_plural = "temas"

    def __str__(self) -> str:
        return self.es

    def nombre(self, locale: str) -> str:
        return self.qu if locale == "qu" else self.es


class Estado(models.TextChoices):
    OPERATIVO = "operativo", "operativo"
    EN_IMPLEMENTACION = "en_implementacion", "en implementación"


class Sede(models.Model):
    """A place of the network. A centre that is also a MAC Express is one sede with two `tipos`."""

    codigo = models.SlugField("código", max_length=100, unique=True)
    nombre = models.CharField(max_length=250)
    es_centro = models.BooleanField("es Centro MAC", default=False)
    es_express = models.BooleanField("es MAC Express", default=False)
    modalidad = models.CharField(max_length=20)
    estado = models.CharField(max_length=20, choices=Estado, default=Estado.OPERATIVO)
    region = models.CharField("región", max_length=60, null=True, blank=True)
    distrito = models.CharField(max_length=80, null=True, blank=True)
    direccion = models.CharField("dirección", max_length=250, null=True, blank=True)
    horario_conocido = models.BooleanField("se conoce el horario", default=False)
    inicio = models.DateField(null=True, blank=True)
    confirmado = models.CharField("última confirmación", max_length=10, blank=True)
    fuente = models.CharField(max_length=500, blank=True)
    nota = models.TextField("nota interna", blank=True)

    class Meta:
        ordering = ("nombre",)
        verbose_name = "sede"
        verbose_name_plural = "sedes"

    def __str__(self) -> str:
        return self.nombre

    @property
    def tipos(self) -> list[str]:
        return [*(["centro"] if self.es_centro else []), *(["express"] if self.es_express else [])]


class Tramo(models.Model):
    """One stretch of opening hours, on some weekdays (1 Monday to 7 Sunday) or on holidays."""

    sede = models.ForeignKey(Sede, on_delete=models.CASCADE, related_name="horario")
    dias = models.JSONField(default=list)
    en_feriados = models.BooleanField(default=False)
    abre = models.TimeField()
    cierra = models.TimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = "tramo de horario"
        verbose_name_plural = "tramos de horario"

    def __str__(self) -> str:
        return f"{self.dias_en_palabras} {self.abre:%H:%M}-{self.cierra:%H:%M}"

    @property
    def dias_en_palabras(self) -> str:
        """`lunes a viernes`; what no day is, as a row of another hand may hold, is left as it is."""
        days = self.dias if isinstance(self.dias, list) else []
        if not days or any(type(day) is not int or not 1 <= day <= 7 for day in days):
            return str(self.dias)
        return weekdays(days)

    def clean(self) -> None:
        """Refuses days that are none, and a stretch that ends before it begins: one bad row must not break a list."""
        days = self.dias if isinstance(self.dias, list) else []
        if (
            not days
            or any(type(day) is not int or not 1 <= day <= 7 for day in days)
            or len(set(days)) < len(days)
        ):
            message = "Escribe los días como números entre corchetes, del 1 (lunes) al 7 (domingo): [1, 2, 3, 4, 5]."
            raise ValidationError({"dias": message})
        if None not in (self.abre, self.cierra) and self.cierra <= self.abre:
            raise ValidationError({"cierra": "La hora de cierre va después de la de apertura."})


class Feriado(models.Model):
    fecha = models.DateField(unique=True)
    nombre = models.CharField(max_length=150)
    nombre_qu = models.CharField("nombre en quechua", max_length=150, blank=True)
    norma = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("fecha",)
        verbose_name = "feriado"
        verbose_name_plural = "feriados"

    def __str__(self) -> str:
        return f"{self.fecha:%Y-%m-%d} {self.nombre}"


class DiaEspecial(models.Model):
    """One day that is unlike its weekday: other hours, or none. It counts before holidays and before the week."""

    sede = models.ForeignKey(Sede, on_delete=models.CASCADE, related_name="dias_especiales")
    fecha = models.DateField()
    abre = models.TimeField(null=True, blank=True, help_text="Sin horas: ese día no se atiende.")
    cierra = models.TimeField(null=True, blank=True)
    motivo = models.CharField(max_length=150)
    norma = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("fecha", "id")
        verbose_name = "día especial"
        verbose_name_plural = "días especiales"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(abre__isnull=True, cierra__isnull=True) | Q(cierra__gt=models.F("abre")),
                name="dia_especial_hours",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fecha:%Y-%m-%d} {self.motivo}"

    def clean(self) -> None:
        """Both hours or none, and the end after the beginning."""
        if (self.abre is None) != (self.cierra is None):
            raise ValidationError({"cierra": "Escribe las dos horas, o ninguna si ese día no se atiende."})
        if self.abre is not None and self.cierra is not None and self.cierra <= self.abre:
            raise ValidationError({"cierra": "La hora de cierre va después de la de apertura."})


class MetasDeAtencion(models.Model):
    """What Aló MAC sets itself for those who ask for a person in the chat; one row, or none."""

    respuesta = models.PositiveIntegerField(
        "primera respuesta, en segundos",
        default=180,
        help_text="Desde que la persona la pide hasta la primera línea de quien la atiende.",
    )
    aviso = models.PositiveIntegerField(
        "primer color, en segundos", default=60, help_text="Desde aquí una espera se pinta en la mesa."
    )
    alarma = models.PositiveIntegerField(
        "alarma a supervisión, en segundos",
        default=180,
        help_text="Desde aquí la espera suena y se anuncia en la mesa de supervisión.",
    )
    abandono = models.PositiveSmallIntegerField(
        "abandono, en porcentaje",
        null=True,
        blank=True,
        help_text="Cuántas de cien personas que piden atención se van, o pasan a llamada, sin que nadie las tome. "
        "Vacío: sin meta.",
    )

    class Meta:
        verbose_name = "metas de atención"
        verbose_name_plural = "metas de atención"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.Value(1),
                name="metas_one_row",
                violation_error_message="Ya hay metas de atención: cambia las que están.",
            ),
        ]

    def __str__(self) -> str:
        return "Metas de atención de Aló MAC"

    def clean(self) -> None:
        """In an order that makes sense: coloured before the alarm, and no wait that is late at once."""
        if not 0 < (self.aviso or 0) <= (self.alarma or 0):
            raise ValidationError(
                {"aviso": "El primer color va antes de la alarma, o con ella, y después de 0."}
            )
        if not self.respuesta:
            raise ValidationError({"respuesta": "Debe ser más de 0."})
        if self.abandono is not None and self.abandono > 100:
            raise ValidationError({"abandono": "De 0 a 100."})
