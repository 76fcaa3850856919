"""A round of confirmation: what was asked of whom, with which link, and what was answered.

The contact is a person with no account. What they may do follows from the link alone, and the link itself is kept
nowhere: only its digest.
"""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from cms.directory.hours import LIMA
from cms.directory.models import Entidad


class Estado(models.TextChoices):
    """How far a round has come. That its time is over is no state: see `Ronda.vencida`."""

    CREADA = "creada", "por enviar"
    ENVIADA = "enviada", "enviada"
    ABIERTA = "abierta", "abierta"
    RESPONDIDA = "respondida", "respondida"
    ANULADA = "anulada", "anulada"


OPEN_STATES = (Estado.CREADA, Estado.ENVIADA, Estado.ABIERTA)


class Ronda(models.Model):
    """One question to one person of one entity about some of its fichas."""

    entidad = models.ForeignKey(Entidad, on_delete=models.PROTECT, related_name="rondas")
    contacto = models.CharField("nombre del contacto", max_length=120)
    correo = models.EmailField("correo del contacto")
    mensaje = models.TextField("mensaje", blank=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.CREADA)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    creada_at = models.DateTimeField(default=timezone.now)
    vence_at = models.DateTimeField("vence")
    enviada_at = models.DateTimeField(null=True)
    abierta_at = models.DateTimeField(null=True)
    recordada_at = models.DateTimeField(null=True)
    respondida_at = models.DateTimeField(null=True)
    # What came back as undeliverable, in the words of the mail server or of whoever read its notice.
    rebote = models.TextField(blank=True)
    anulada_por_que = models.TextField(blank=True)
    respondida_por = models.CharField("quien responde", max_length=120, blank=True)
    cargo = models.CharField(max_length=120, blank=True)
    # The package its answers became; packages know rounds by `origen` only.
    paquete = models.PositiveBigIntegerField(null=True)
    procesada_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-creada_at", "-id")
        verbose_name = "ronda de confirmación"
        verbose_name_plural = "rondas de confirmación"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["estado", "vence_at"])]

    def __str__(self) -> str:
        return f"Ronda {self.pk} · {self.entidad.corto}"

    @property
    def vencida(self) -> bool:
        return self.estado in OPEN_STATES and self.vence_at <= timezone.now()

    @property
    def ultimo_dia(self) -> date:
        """The last day for answers, in Lima."""
        return self.vence_at.astimezone(LIMA).date()

    @property
    def dia_de_respuesta(self) -> date | None:
        return self.respondida_at.astimezone(LIMA).date() if self.respondida_at else None

    @property
    def abierta_a_respuestas(self) -> bool:
        return self.estado in OPEN_STATES and not self.vencida

    @property
    def situacion(self) -> str:
        """The state in the words editors read."""
        if self.vencida:
            return "vencida sin respuesta"
        if self.rebote and self.estado in OPEN_STATES:
            return "el correo rebotó"
        return str(Estado(self.estado).label)


class FichaDeRonda(models.Model):
    """A ficha that is asked about, with the version that was public when the round began."""

    ronda = models.ForeignKey(Ronda, on_delete=models.CASCADE, related_name="fichas")
    codigo = models.SlugField(max_length=200)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ronda", "codigo"], name="ficha_once_per_round")
        ]

    def __str__(self) -> str:
        return f"{self.codigo} v{self.version}"


class Enlace(models.Model):
    """A way in for the contact. Whoever reads the table cannot rebuild the link from it."""

    ronda = models.ForeignKey(Ronda, on_delete=models.CASCADE, related_name="enlaces")
    digest = models.CharField(max_length=64, unique=True)
    creado_at = models.DateTimeField(default=timezone.now)
    vence_at = models.DateTimeField()
    revocado_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "enlace"
        verbose_name_plural = "enlaces"

    def __str__(self) -> str:
        return f"enlace {self.pk} de la ronda {self.ronda_id}"


class Veredicto(models.TextChoices):
    CORRECTO = "correcto", "Es correcto"
    CORREGIR = "corregir", "Hay que corregirlo"
    NO_SE = "no_se", "No lo sé"


class Respuesta(models.Model):
    """What was answered about one fact; `sello` and `mostrado` are of the fact as it was shown then."""

    ronda = models.ForeignKey(Ronda, on_delete=models.CASCADE, related_name="respuestas")
    codigo = models.SlugField(max_length=200)
    hecho = models.CharField(max_length=140)
    sello = models.CharField(max_length=16)
    mostrado = models.TextField()
    veredicto = models.CharField(max_length=10, choices=Veredicto)
    valor = models.JSONField(null=True)
    fuente = models.CharField(max_length=300, blank=True)
    fuente_url = models.CharField(max_length=500, blank=True)
    comentario = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    # Why it could not go into the package, in words for the editor.
    sin_aplicar = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ronda", "codigo", "hecho"], name="answer_once_per_fact")
        ]
        verbose_name = "respuesta"
        verbose_name_plural = "respuestas"

    def __str__(self) -> str:
        return f"{self.codigo} {self.hecho}: {self.veredicto}"

    @property
    def correccion(self) -> str:
        """What is right, in words: each part of the correction by its name, a list line by line."""
        value = self.valor or {}
        if "texto" in value:
            return value["texto"] or "ya no hace falta"
        if "lineas" in value:
            return "\n".join([*(line for line in value["lineas"] if line), *value["nuevas"]])
        said = [(name, part) for name, part in value.items() if part not in (None, "", False)]
        return " · ".join(_PARTS.get(name, "{}").format(_words(part)) for name, part in said)


def _words(part: object) -> str:
    return str(part).replace("_", " ")


# The parts of a typed correction, as people read them.
_PARTS = {
    "gratuito": "gratuito",
    "monto": "S/ {}",
    "codigo_pago": "código de pago {}",
    "en_el_dia": "el mismo día",
    "valor_max": "hasta {}",
    "requerida": "cita: {}",
    "telefono": "teléfono {}",
    "indefinida": "no vence",
    "autoridad": "resuelve {}",
    "presentar_dias": "se presenta en {} días hábiles",
    "resolver_dias": "se resuelve en {} días hábiles",
}


class Carta(models.Model):
    """A mail that is to be sent. The row is the truth of what is still to do; a task only looks at it."""

    class Tipo(models.TextChoices):
        INVITACION = "invitacion", "invitación"
        RECORDATORIO = "recordatorio", "recordatorio"
        AVISO = "aviso", "aviso al editor"

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "por enviar"
        ENVIADA = "enviada", "enviada"
        FALLO = "fallo", "no se pudo enviar"

    ronda = models.ForeignKey(Ronda, on_delete=models.CASCADE, related_name="cartas")
    tipo = models.CharField(max_length=12, choices=Tipo)
    para = models.EmailField()
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    intentos = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    creada_at = models.DateTimeField(default=timezone.now)
    siguiente_at = models.DateTimeField(default=timezone.now)
    enviada_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["estado", "siguiente_at"])]
        verbose_name = "carta"
        verbose_name_plural = "cartas"

    def __str__(self) -> str:
        return f"{self.tipo} de la ronda {self.ronda_id}: {self.estado}"
