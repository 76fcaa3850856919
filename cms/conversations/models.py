"""Who said what, and who owns a conversation.

The owner changes only by a conditional UPDATE that also counts the epoch up: whoever began something under
an older epoch learns that it no longer counts. See docs/adr/0004-who-owns-a-conversation.md.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Owner(models.TextChoices):
    """Who answers the citizen now."""

    ASSISTANT = "assistant", "asistente"
    QUEUE = "queue", "en cola"
    AGENT = "agent", "agente"
    CLOSED = "closed", "cerrada"


class Sender(models.TextChoices):
    CITIZEN = "citizen", "ciudadano"
    ASSISTANT = "assistant", "asistente"
    AGENT = "agent", "agente"
    SYSTEM = "system", "sistema"


class TurnState(models.TextChoices):
    """What became of a citizen's message with the assistant."""

    NONE = "none", "no era para el asistente"
    DUE = "due", "por responder"
    DONE = "done", "respondido"
    DROPPED = "dropped", "lo tomó una persona"


class HandoffState(models.TextChoices):
    WAITING = "waiting", "en espera"
    ACTIVE = "active", "atendiéndose"
    CALLBACK = "callback", "por llamar"
    DONE = "done", "terminado"
    CANCELLED = "cancelled", "cancelado"


OPEN_STATES = (HandoffState.WAITING, HandoffState.ACTIVE, HandoffState.CALLBACK)
# Somebody still has to pick these up.
UNCLAIMED_STATES = (HandoffState.WAITING, HandoffState.CALLBACK)


class Reason(models.TextChoices):
    ASKED = "asked", "lo pidió"
    BUTTON = "button", "lo pidió con el botón"
    UPSET = "upset", "molestia"
    OWN_CASE = "own_case", "pregunta por su propio expediente"
    MISUNDERSTOOD = "misunderstood", "el asistente no entendió"
    DANGER = "danger", "posible peligro"


class ContactKind(models.TextChoices):
    PHONE = "phone", "teléfono"
    MAIL = "mail", "correo"


LOCALES: list[tuple[str, str]] = [("es", "castellano"), ("qu", "quechua")]


class Conversation(models.Model):
    """One citizen, one thread. Its id is no credential: reading it takes the token, kept here as a digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_digest = models.CharField(max_length=64, editable=False)
    channel = models.CharField("canal", max_length=20, default="web")
    locale = models.CharField("idioma", max_length=2, choices=LOCALES, default="es")
    locale_chosen = models.BooleanField("idioma elegido", default=False)
    owner = models.CharField("a cargo de", max_length=10, choices=Owner, default=Owner.ASSISTANT)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="conversations"
    )
    epoch = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    # What the assistant is told each turn: it may forget everything in between.
    codigo = models.CharField("ficha", max_length=200, blank=True)
    aspecto = models.CharField(max_length=20, blank=True)
    sede = models.CharField(max_length=100, blank=True)
    options = models.JSONField(default=list)
    misses = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    last_activity_at = models.DateTimeField("última actividad", default=timezone.now, db_index=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField("calificación", null=True)
    rating_comment = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    messages: "models.Manager[Message]"
    handoffs: "models.Manager[Handoff]"
    notes: "models.Manager[Note]"

    class Meta:
        ordering = ("-last_activity_at",)
        verbose_name = "conversación"
        verbose_name_plural = "conversaciones"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agent"], condition=Q(owner="agent"), name="conversation_of_agent"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(owner="agent", agent__isnull=False) | (~Q(owner="agent") & Q(agent__isnull=True)),
                name="conversation_agent_iff_owner",
            ),
            models.CheckConstraint(
                condition=Q(owner="closed", closed_at__isnull=False)
                | (~Q(owner="closed") & Q(closed_at__isnull=True)),
                name="conversation_closed_at_iff_closed",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True, rated_at__isnull=True)
                | Q(rating__range=(1, 5), rated_at__isnull=False),
                name="conversation_rating_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.owner})"


class Message(models.Model):
    """One line of a conversation. `seq` is its place; what is shown, in every view, is in this order."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    in_reply_to = models.PositiveIntegerField(null=True)
    sender = models.CharField(max_length=10, choices=Sender)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=80, null=True)
    locale = models.CharField(max_length=2, choices=LOCALES)
    text = models.TextField()
    payload = models.CharField(max_length=250, blank=True)
    answer = models.JSONField(null=True)
    choices = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    turn = models.CharField(max_length=8, choices=TurnState, default=TurnState.NONE)
    # Why this is not the assistant's own answer, where it should have been. For people who look after it.
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("conversation", "seq")
        verbose_name = "mensaje"
        verbose_name_plural = "mensajes"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], condition=Q(turn="due"), name="message_turn_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="message_client_id_once"),
            models.CheckConstraint(
                condition=Q(sender="agent", by__isnull=False) | (~Q(sender="agent") & Q(by__isnull=True)),
                name="message_by_iff_agent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.seq} {self.sender}"


class Handoff(models.Model):
    """A citizen's wish for a person, from asking to the end. `requested_at` is the place in the queue for good."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handoffs")
    state = models.CharField(max_length=10, choices=HandoffState, default=HandoffState.WAITING)
    reason = models.CharField("motivo", max_length=16, choices=Reason, default=Reason.ASKED)
    detail = models.CharField("en sus palabras", max_length=500, blank=True)
    codigo = models.CharField("ficha", max_length=200, blank=True)
    locale = models.CharField("idioma", max_length=2, choices=LOCALES)
    requested_at = models.DateTimeField("pedido", default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="handoffs"
    )
    # Waiting time of the first pick-up out of the queue: what waiting times are learnt from.
    picked_up_seconds = models.PositiveIntegerField(null=True)
    contact_kind = models.CharField(max_length=5, choices=ContactKind, blank=True)
    contact = models.CharField("contacto", max_length=254, blank=True)
    contact_at = models.DateTimeField(null=True)
    case_number = models.CharField("número de caso", max_length=20, null=True, unique=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    callback_note = models.TextField("nota de la llamada", blank=True)

    class Meta:
        ordering = ("requested_at", "id")
        verbose_name = "pedido de atención"
        verbose_name_plural = "pedidos de atención"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "locale", "requested_at"], name="handoff_queue"),
            models.Index(
                fields=["-claimed_at"], condition=Q(picked_up_seconds__isnull=False), name="handoff_pick_ups"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(state__in=("waiting", "active", "callback")),
                name="handoff_one_open",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True, claimed_by__isnull=True)
                | Q(claimed_at__isnull=False, claimed_by__isnull=False),
                name="handoff_claimed_paired",
            ),
            models.CheckConstraint(
                condition=Q(contact="", contact_kind="", contact_at__isnull=True)
                | (~Q(contact="") & ~Q(contact_kind="") & Q(contact_at__isnull=False)),
                name="handoff_contact_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "cancelled"), ended_at__isnull=False)
                | (Q(state__in=("waiting", "active", "callback")) & Q(ended_at__isnull=True)),
                name="handoff_ended_at_iff_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(claimed_at__isnull=False), name="handoff_active_is_claimed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number or self.pk} {self.state}"


class Presence(models.Model):
    """An agent's sign of life, renewed by the open desk every few seconds."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presence")
    heartbeat_at = models.DateTimeField(default=timezone.now, db_index=True)
    available = models.BooleanField("disponible", default=True)

    class Meta:
        verbose_name = "presencia"
        verbose_name_plural = "presencias"

    def __str__(self) -> str:
        return f"{self.user_id} {self.heartbeat_at:%H:%M:%S}"


class Note(models.Model):
    """What an agent leaves for the next one. The citizen never sees it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    class Meta:
        ordering = ("at", "id")
        verbose_name = "nota interna"
        verbose_name_plural = "notas internas"

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.at:%Y-%m-%d %H:%M}"
