"""Who wants to be told of publications at an address of theirs, and how each telling went."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.publishing.models import Change, ChangeKind


class Subscriber(models.Model):
    """A system of somebody else's. Its secret is not kept: it is derived from `sal` (see signing)."""

    nombre = models.CharField(max_length=120)
    url = models.URLField("dirección", max_length=500)
    activo = models.BooleanField(default=True)
    # Kinds of change and codes of entities it wants; empty means all.
    tipos = models.JSONField(default=list, blank=True)
    entidades = models.JSONField(default=list, blank=True)
    sal = models.CharField(max_length=64)
    # The secret before the last one still signs until then, so that the other side can change over in peace.
    sal_anterior = models.CharField(max_length=64, blank=True)
    anterior_hasta = models.DateTimeField(null=True, blank=True)
    creado_at = models.DateTimeField(auto_now_add=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("nombre", "id")
        verbose_name = "suscriptor"
        verbose_name_plural = "suscriptores"

    def __str__(self) -> str:
        return self.nombre

    @property
    def tipos_dichos(self) -> list[str]:
        return [str(ChangeKind(kind).label) for kind in self.tipos]

    def wants(self, kind: str, entidades: frozenset[str]) -> bool:
        return (not self.tipos or kind in self.tipos) and (
            not self.entidades or not entidades.isdisjoint(self.entidades)
        )


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "pendiente"
    RUNNING = "running", "en curso"
    DONE = "done", "entregado"
    DEAD = "dead", "abandonado"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> "DeliveryQuerySet":
        """To be sent now: waiting ones whose time has come, and those whose sender went silent."""
        now = timezone.now()
        return self.filter(
            Q(state=DeliveryState.WAITING, next_try_at__lte=now)
            | Q(state=DeliveryState.RUNNING, lease_until__lt=now),
            subscriber__activo=True,
        )


class Delivery(models.Model):
    """One change to be told to one subscriber. Its id names it to the other side, at every try the same."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    creado_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-change_id",)
        constraints = [models.UniqueConstraint(fields=["subscriber", "change"], name="told_once")]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.change_id} → {self.subscriber_id}: {self.state}"


class Attempt(models.Model):
    """One try: `status` is what the other side answered, null when it did not; `error` is for administrators."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or self.error}"
