"""Recordings of a person's voice, for the text they were read from."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Recording(models.Model):
    """A person reading one part of a ficha aloud. `text_digest` names the text: when that changes, it is silent.

    It is heard by citizens only once somebody else has listened to it and said that it is right.
    """

    codigo = models.CharField("ficha", max_length=200)
    part = models.CharField("parte", max_length=20)
    locale = models.CharField("idioma", max_length=2, choices=[("es", "castellano"), ("qu", "quechua")])
    text_digest = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    mp3 = models.BinaryField()
    seconds = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    # Since when the text is another than the one read; while it is, nobody hears this recording.
    stale_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "grabación"
        verbose_name_plural = "grabaciones"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # One is heard, one may wait to take its place: it does so only once it is accepted.
            models.UniqueConstraint(
                fields=["codigo", "part", "locale"],
                condition=models.Q(accepted_at__isnull=False),
                name="recording_heard_once",
            ),
            models.UniqueConstraint(
                fields=["codigo", "part", "locale"],
                condition=models.Q(accepted_at__isnull=True),
                name="recording_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.part} {self.locale}"
