"""The outbox: what still has to follow a publication, and the feed others read changes from."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ChangeKind(models.TextChoices):
    PUBLISHED = "published", "publicado"
    CHANGED = "changed", "cambiado"
    WITHDRAWN = "withdrawn", "retirado"


class Change(models.Model):
    """One public change. Its id is the cursor of the feed; rows are never changed or removed."""

    topic = models.CharField(max_length=40)
    key = models.CharField(max_length=255, db_index=True)
    revision = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=ChangeKind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.topic} {self.key} {self.revision} {self.kind}"


class RowState(models.TextChoices):
    WAITING = "waiting", "pendiente"
    RUNNING = "running", "en curso"
    DONE = "done", "hecho"
    FAILED = "failed", "falló"


class OutboxRowQuerySet(models.QuerySet["OutboxRow"]):
    def due(self) -> "OutboxRowQuerySet":
        """Rows to do now: waiting ones whose time has come, and running ones whose worker went silent."""
        now = timezone.now()
        return self.filter(
            Q(state=RowState.WAITING, next_try_at__lte=now) | Q(state=RowState.RUNNING, lease_until__lt=now)
        ).order_by("id")

    def unfinished(self) -> "OutboxRowQuerySet":
        return self.exclude(state=RowState.DONE)


class OutboxRow(models.Model):
    """One follower's share of one change."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="rows")
    follower = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=RowState, default=RowState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = OutboxRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "follower"], name="outbox_row_once")]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.follower} of {self.change_id}: {self.state}"


class Pulse(models.Model):
    """The last sign of life of a kind of process that nobody can ask over HTTP."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
