"""What the desk keeps of its own: how attentions ended, what agents are told about a ficha, what became of bad ratings."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.conversations.models import LOCALES, Conversation


class Topic(models.TextChoices):
    """What an attention was about, in writing and on the phone alike."""

    INFORMATION = "information", "información de un trámite"
    OWN_CASE = "own_case", "estado de su propio expediente"
    APPOINTMENT = "appointment", "cita"
    WRONG_FACT = "wrong_fact", "dato equivocado o que falta en la ficha"
    COMPLAINT = "complaint", "queja o reclamo"
    OTHER = "other", "otro asunto"
    NOBODY = "nobody", "no respondió, o fue por error"


class Medium(models.TextChoices):
    CHAT = "chat", "chat"
    CALL = "call", "llamada"


class Outcome(models.Model):
    """How one attention ended, in the agent's eyes: a conversation that was closed, or a call on the phone.

    One the citizen ended is kept too, as far as it is known; of one that was deleted only that there was an attention.
    """

    medium = models.CharField("medio", max_length=4, choices=Medium)
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="outcomes"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("cuándo", default=timezone.now, db_index=True)
    locale = models.CharField("idioma", max_length=2, choices=LOCALES)
    topic = models.CharField("asunto", max_length=12, choices=Topic)
    entidad = models.CharField(max_length=100, blank=True)
    codigo = models.CharField("ficha", max_length=200, blank=True)
    # Unknown where the citizen ended it and the agent has not said.
    solved = models.BooleanField("se resolvió", null=True)
    # The form it came from: sent twice, it is one attention.
    client_id = models.CharField(max_length=32, null=True, unique=True)
    note = models.TextField("nota", blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = "atención terminada"
        verbose_name_plural = "atenciones terminadas"

    def __str__(self) -> str:
        return f"{self.medium} {self.topic} {self.codigo or self.entidad}"


class Instruction(models.Model):
    """What agents are to know about a ficha and citizens are not shown. One that is taken back stays, for the record."""

    codigo = models.CharField("ficha", max_length=200, db_index=True)
    text = models.TextField("instrucción")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("at", "id")
        verbose_name = "instrucción para agentes"
        verbose_name_plural = "instrucciones para agentes"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="instruction_ended_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codigo}: {self.text[:40]}"


class RatingReview(models.Model):
    """What was done about a rating of two or less. A later rating of the same conversation asks for another."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="rating_reviews")
    rated_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done = models.TextField("qué se hizo")

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = "calificación revisada"
        verbose_name_plural = "calificaciones revisadas"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "rated_at"], name="rating_reviewed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.at:%Y-%m-%d}"


class SignedPhrase(models.Model):
    """A sentence of the assistant in Quechua that a speaker vouches for, as corrected by them where they corrected it.

    It counts only for the Spanish it was signed against: `sello` is that sentence's digest. Every signature is a row of
    its own; the newest counts.
    """

    sello = models.CharField(max_length=64, db_index=True)
    castellano = models.TextField()
    texto = models.TextField("quechua")
    antes = models.TextField(blank=True)
    variedad = models.CharField(max_length=5)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = "frase firmada"
        verbose_name_plural = "frases firmadas"

    def __str__(self) -> str:
        return f"{self.castellano[:40]} ({self.by_id})"


class AssistantPause(models.Model):
    """A time for which supervision has switched the assistant off; at most one without an end."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField("motivo")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = "pausa del asistente"
        verbose_name_plural = "pausas del asistente"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(ended_at__isnull=True), name="assistant_pause_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.why[:40]}"
