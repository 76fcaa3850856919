"""What citizens say of the service: reclamos, felicitaciones and sugerencias, each with a number, an owner and an answer.

The rating of a conversation is none of these: it is one question about one conversation, with no number and no answer.
"""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.conversations.models import LOCALES, ContactKind, Conversation


class Kind(models.TextChoices):
    RECLAMO = "reclamo", "reclamo"
    FELICITACION = "felicitacion", "felicitación"
    SUGERENCIA = "sugerencia", "sugerencia"


class State(models.TextChoices):
    NEW = "new", "nuevo"
    TAKEN = "taken", "tomado"
    ANSWERED = "answered", "respondido"


OPEN_STATES = (State.NEW, State.TAKEN)


class Letter(models.TextChoices):
    """What became of the answer by mail."""

    NONE = "none", "sin correo"
    DUE = "due", "por enviar"
    SENT = "sent", "enviado"
    FAILED = "failed", "no se pudo enviar"


class Remark(models.Model):
    """One reclamo, felicitación or sugerencia. Its number is no credential: reading it takes the contact too."""

    number = models.CharField("número", max_length=20, null=True, unique=True)
    kind = models.CharField("tipo", max_length=12, choices=Kind)
    state = models.CharField("estado", max_length=8, choices=State, default=State.NEW)
    locale = models.CharField("idioma", max_length=2, choices=LOCALES, default="es")
    # `chat`, `portal` or the code of a sede; empty where the citizen did not say.
    about = models.CharField("sobre", max_length=100, blank=True)
    # Personal data are covered in it; what it said before is sealed beside it.
    text = models.TextField("texto")
    sealed = models.TextField("texto cerrado con llave", blank=True)
    name = models.CharField("nombre", max_length=150, blank=True)
    contact_kind = models.CharField(max_length=5, choices=ContactKind, blank=True)
    contact = models.CharField("contacto", max_length=254, blank=True)
    # Outlives the contact, so that the citizen still finds the answer with it.
    contact_digest = models.CharField(max_length=64, blank=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="remarks"
    )
    # Who of us wrote it down, for a citizen on the phone or in a conversation.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The form it came from: sent twice, it is one.
    client_id = models.CharField(max_length=80, null=True, unique=True)
    received_at = models.DateTimeField("recibido", default=timezone.now)
    # What the citizen was told; a period that is changed later does not change it.
    due_on = models.DateField("a más tardar", null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="remarks"
    )
    taken_at = models.DateTimeField(null=True)
    # Counts how often the answer begun was kept, so that a browser knows whether its own words are newer.
    draft = models.TextField("respuesta empezada", blank=True)
    draft_saves = models.PositiveIntegerField(default=0)
    answer = models.TextField("respuesta", blank=True)
    answered_at = models.DateTimeField(null=True)
    letter = models.CharField("correo", max_length=6, choices=Letter, default=Letter.NONE)
    letter_tries = models.PositiveSmallIntegerField(default=0)
    letter_next_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("received_at", "id")
        verbose_name = "reclamo, felicitación o sugerencia"
        verbose_name_plural = "reclamos, felicitaciones y sugerencias"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "received_at"], name="remark_by_state"),
            models.Index(fields=["letter_next_at"], condition=Q(letter="due"), name="remark_letter_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="new", owner__isnull=True, taken_at__isnull=True)
                | (~Q(state="new") & Q(owner__isnull=False, taken_at__isnull=False)),
                name="remark_owner_iff_taken",
            ),
            models.CheckConstraint(
                condition=(Q(state="answered", answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer="")),
                name="remark_answer_iff_answered",
            ),
            models.CheckConstraint(
                condition=Q(contact="", contact_kind="") | (~Q(contact="") & ~Q(contact_kind="")),
                name="remark_contact_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.pk} {self.state}"


class Plazos(models.Model):
    """What citizens are told before they write, as an administrator has written it down; one row, or none.

    What is empty is not said: no period and no address is ever taken from anywhere else.
    """

    reclamo = models.PositiveSmallIntegerField(
        "respuesta a un reclamo, en días hábiles",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text="Vacío: a la persona no se le dice ningún plazo.",
    )
    otros = models.PositiveSmallIntegerField(
        "respuesta a una felicitación o sugerencia, en días hábiles",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text="Vacío: a la persona no se le dice ningún plazo.",
    )
    libro_nombre = models.CharField(
        "nombre del Libro de Reclamaciones",
        max_length=200,
        blank=True,
        help_text="Por ejemplo: «Libro de Reclamaciones de …». Vacío: se dice que aquí no se sabe dónde está.",
    )
    libro_url = models.URLField("su dirección en internet", blank=True)

    class Meta:
        verbose_name = "plazos y Libro de Reclamaciones"
        verbose_name_plural = "plazos y Libro de Reclamaciones"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.Value(1),
                name="plazos_one_row",
                violation_error_message="Ya hay plazos: cambia los que están.",
            ),
        ]

    def __str__(self) -> str:
        return "Plazos de reclamos, felicitaciones y sugerencias"

    def clean(self) -> None:
        """A link has a name to be shown by."""
        if self.libro_url and not self.libro_nombre:
            raise ValidationError({"libro_nombre": "Escribe cómo se llama, para mostrar el enlace."})
