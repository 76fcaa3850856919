"""What citizens wrote and the assistant did not understand, and what a person made of it.

A candidate keeps the covered text once, however many wrote it; `Vez` says in which conversation, and goes with it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from cms.conversations.models import LOCALES, Conversation
from cms.tramites.schema import Aspecto

LONGEST = 200  # characters: what is longer is somebody's story, and nobody else's question


class Motivo(models.TextChoices):
    """Why a text is a candidate: what became of it."""

    NO_ENTENDIDO = "no_entendido", "no se entendió"
    SIN_FICHA = "sin_ficha", "no se encontró el trámite"
    NINGUNO = "ninguno", "dijo que no era ninguno de los ofrecidos"
    ELEGIDO = "elegido", "se le preguntó cuál, y eligió"
    MAL_CALIFICADO = "mal_calificado", "calificó mal la conversación"


class Intencion(models.TextChoices):
    """What an example can be an example of, beside the aspects: intents of the assistant, by their names there."""

    NOMBRAR = "nombrar_tramite", "Solo nombra un trámite"
    PERSONA = "persona", "Pide hablar con una persona"
    FUERA = "fuera_de_alcance", "No es algo de lo que MAC informe"


INTENTS: tuple[str, ...] = (*(str(aspecto) for aspecto in Aspecto), *Intencion.values)


class Candidato(models.Model):
    """One text in one language. `huella` tells it apart; once decided, the citizen's words are gone and it stays."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "por decidir"
        ACEPTADO = "aceptado", "aceptado"
        DESCARTADO = "descartado", "descartado"

    texto = models.CharField(max_length=LONGEST, blank=True)
    idioma = models.CharField(max_length=2, choices=LOCALES)
    huella = models.CharField(max_length=64)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE, db_index=True)
    decidido_at = models.DateTimeField(null=True)

    vistas: "models.Manager[Vez]"

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["idioma", "huella"], name="candidate_once")
        ]
        verbose_name = "pregunta no entendida"
        verbose_name_plural = "preguntas no entendidas"

    def __str__(self) -> str:
        return f"{self.idioma} {self.pk} {self.estado}"


class Vez(models.Model):
    """A conversation in which it was written; `codigo` and `aspecto` are what was chosen or answered afterwards."""

    candidato = models.ForeignKey(Candidato, on_delete=models.CASCADE, related_name="vistas")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    motivo = models.CharField(max_length=14, choices=Motivo)
    codigo = models.CharField(max_length=200, blank=True)
    aspecto = models.CharField(max_length=20, blank=True)
    # The citizen pressed the button of that ficha; otherwise it is only what was answered next.
    elegido = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["candidato", "conversation"], name="candidate_once_a_conversation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidato_id}: {self.motivo}"


class Ejemplo(models.Model):
    """A text a person accepted for training, in that person's words: nothing ties it to a conversation."""

    texto = models.CharField(max_length=LONGEST)
    idioma = models.CharField(max_length=2, choices=LOCALES)
    huella = models.CharField(max_length=64)
    # The words of it that name the tramite: the assistant learns the question without them.
    nombre = models.CharField(max_length=LONGEST, blank=True)
    intencion = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("intencion", "idioma", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["idioma", "huella"], name="example_once")
        ]
        verbose_name = "ejemplo aceptado"
        verbose_name_plural = "ejemplos aceptados"

    def __str__(self) -> str:
        return f"{self.intencion} {self.idioma} {self.pk}"


class Recogida(models.Model):
    """Up to when conversations have been looked through; one row."""

    hasta = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.hasta:%Y-%m-%d %H:%M}"
