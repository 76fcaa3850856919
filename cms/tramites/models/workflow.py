"""Who asked for what, and who said yes: the steps of a workflow, approvals, and requests to withdraw.

An approval is of exactly one revision. What the steps decide is in `cms.tramites.workflow`.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Task, TaskState

from cms.tramites.models.versions import Tramite, Version


def _who() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class PasoState(TaskState):
    """One step taken: a yes is to what the revision said then, and nothing else is published for it."""

    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "paso dado"
        verbose_name_plural = "pasos dados"

    def approve(self, *args: Any, **kwargs: Any) -> TaskState:
        from cms.tramites.authorship import content_digest  # it reads these models

        self.digest = content_digest(self.revision)
        return super().approve(*args, **kwargs)


class PasoTask(Task):
    """A step somebody with a right on that very page must take: no fixed group, so that entities review their own."""

    task_state_class = PasoState

    class Derecho(models.TextChoices):
        REVISAR = "review", "revisar"
        PUBLICAR = "publish", "publicar"

    derecho = models.CharField("derecho que hace falta", max_length=10, choices=Derecho)
    admin_form_fields: ClassVar[list[str]] = [*Task.admin_form_fields, "derecho"]

    class Meta:
        verbose_name = "paso por derecho"
        verbose_name_plural = "pasos por derecho"

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        from cms.tramites import workflow  # it reads these models

        if repeated := workflow.step_to_repeat(self, workflow_state):
            return repeated.start(workflow_state, user=user)
        state = super().start(workflow_state, user=user)
        if workflow.takes_both_steps(self, state, user):
            state.approve(user=user, update=False)
        return state

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        from cms.tramites import workflow

        workflow.check_step(self, task_state, user, approves=action_name == "approve")
        super().on_action(task_state, user, action_name, **kwargs)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        from cms.tramites import workflow

        return workflow.actions(self, obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it is looked at, only those who look may change it: what is approved is what was seen."""
        from cms.tramites import workflow

        return not workflow.has_right(user, obj, "review", "publish")

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return not self.locked_for_user(obj, user)

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        return not self.locked_for_user(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        from cms.tramites import workflow

        return workflow.waiting_for(self, user)

    @classmethod
    def get_description(cls) -> str:
        return "Lo aprueba quien tiene ese derecho sobre la ficha y no la escribió."


class Aprobacion(models.Model):
    """One person's yes to one revision; for the query of health, also the publications of one person alone."""

    class Via(models.TextChoices):
        FLUJO = "flujo", "por aprobación"
        URGENCIA = "urgencia", "de urgencia, por una sola persona"

    codigo = models.SlugField(max_length=200, db_index=True)
    revision = models.PositiveBigIntegerField(db_index=True)
    digest = models.CharField(max_length=64)
    via = models.CharField(max_length=10, choices=Via, default=Via.FLUJO)
    motivo = models.TextField(blank=True)
    by = _who()
    at = models.DateTimeField(auto_now_add=True)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="aprobaciones")
    vista_by = _who()
    vista_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "aprobación"
        verbose_name_plural = "aprobaciones"

    def __str__(self) -> str:
        return f"{self.codigo} r{self.revision} ({self.via})"


class Pedido(models.Model):
    """A request to take a ficha from the public, or to bring it back: one asks, another decides."""

    class Tipo(models.TextChoices):
        RETIRAR = "retirar", "retirar"
        RESTITUIR = "restituir", "restituir"

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "pendiente"
        APROBADO = "aprobado", "aprobado"
        RECHAZADO = "rechazado", "rechazado"
        ANULADO = "anulado", "anulado"

    tramite = models.ForeignKey(Tramite, on_delete=models.PROTECT, related_name="pedidos")
    tipo = models.CharField(max_length=10, choices=Tipo)
    motivo = models.TextField()
    norma = models.CharField(max_length=300, blank=True)
    reemplazo = models.ForeignKey(Tramite, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    pedido_by = _who()
    pedido_at = models.DateTimeField(auto_now_add=True)
    decidido_by = _who()
    decidido_at = models.DateTimeField(null=True)
    respuesta = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = "pedido"
        verbose_name_plural = "pedidos"
        constraints = [
            models.UniqueConstraint(
                fields=["tramite"], condition=Q(estado="pendiente"), name="one_open_request_per_ficha"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.tramite_id}: {self.estado}"
