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

from cms.directory.models import Entidad


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


class BestTime(models.TextChoices):
    """When a citizen wants to be called."""

    ANY = "any", "a cualquier hora"
    MORNING = "morning", "por la mañana (8 a 12)"
    AFTERNOON = "afternoon", "por la tarde (12 a 18)"
    EVENING = "evening", "por la noche (18 a 20)"


class Shift(models.TextChoices):
    """How an agent who is at the desk stands."""

    AVAILABLE = "available", "disponible"
    BREAK = "break", "en pausa"
    ENDING = "ending", "terminando el turno"


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
    # How far each side has read.
    read_by_citizen = models.PositiveIntegerField(default=0)
    read_by_agent = models.PositiveIntegerField(default=0)

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


class Original(models.Model):
    """What a message said before its personal data were covered: sealed, for the agent in charge, and not for long."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="original")
    sealed = models.TextField("texto cerrado con llave")

    class Meta:
        verbose_name = "texto sin cubrir"
        verbose_name_plural = "textos sin cubrir"

    def __str__(self) -> str:
        return f"original of message {self.message_id}"


class Hold(models.Model):
    """A conversation that nothing deletes while this stands: a court, a complaint, an investigation asks for it."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="hold")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.TextField("motivo")

    class Meta:
        verbose_name = "retención legal"
        verbose_name_plural = "retenciones legales"

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.at:%Y-%m-%d}"


class Reading(models.Model):
    """A supervisor's leave to read a conversation of somebody else, for a while, with the reason given for it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    why = models.TextField("motivo")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "by", "until"], name="reading_of_whom")
        ]
        verbose_name = "permiso de lectura"
        verbose_name_plural = "permisos de lectura"

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.by_id}"


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
    # Since when whoever has it has it; a transfer begins anew. A first reply is expected from here on.
    taken_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="handoffs"
    )
    # Waiting time of the first pick-up out of the queue: what waiting times are learnt from.
    picked_up_seconds = models.PositiveIntegerField(null=True)
    # When that was; unlike `claimed_at` nothing that happens later takes it away.
    picked_up_at = models.DateTimeField(null=True)
    # Since when nobody is free to come while somebody is on a break; the queue is kept for a while.
    unattended_since = models.DateTimeField(null=True)
    # When the wait was given up for a promised call, because nobody was left.
    dropped_at = models.DateTimeField(null=True)
    # The colleague or supervisor who gave it to whoever has it.
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    contact_kind = models.CharField(max_length=5, choices=ContactKind, blank=True)
    contact = models.CharField("contacto", max_length=254, blank=True)
    contact_at = models.DateTimeField(null=True)
    best_time = models.CharField("mejor hora", max_length=9, choices=BestTime, blank=True)
    # A callback is a task from here on; empty where no opening is known.
    due_at = models.DateTimeField("por hacer desde", null=True)
    attempts = models.PositiveSmallIntegerField("intentos", default=0)
    # When the citizen was told that the wait for a speaker of the language is over.
    fallback_told_at = models.DateTimeField(null=True)
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
                fields=["-picked_up_at"],
                condition=Q(picked_up_seconds__isnull=False),
                name="handoff_picked_up",
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
    # Counts for new conversations; `shift` says why not, where it does not.
    available = models.BooleanField("disponible", default=True)
    shift = models.CharField("turno", max_length=9, choices=Shift, default=Shift.AVAILABLE)

    class Meta:
        verbose_name = "presencia"
        verbose_name_plural = "presencias"

    def __str__(self) -> str:
        return f"{self.user_id} {self.heartbeat_at:%H:%M:%S}"


class Uptime(models.Model):
    """One row: since when the web is up, when it was last seen to be, and when it went down the time before."""

    up_since = models.DateTimeField()
    seen_at = models.DateTimeField()
    down_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"up since {self.up_since:%Y-%m-%d %H:%M:%S}"


class Knowledge(models.Model):
    """An entity an agent knows. Who has none of these rows takes conversations about any entity."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="knows")
    entidad = models.ForeignKey(Entidad, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "entidad"], name="knowledge_once")
        ]
        verbose_name = "entidad que conoce"
        verbose_name_plural = "entidades que conoce"

    def __str__(self) -> str:
        return f"{self.user_id} {self.entidad_id}"


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
