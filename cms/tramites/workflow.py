"""From a draft to the public: one writes, another says that it is right, and exactly that revision goes live.

Two steps (`PasoTask`): somebody who may review, then somebody who may publish; who may do both does both at once. No
author of the draft does either. An administrator alone can publish in an emergency, with a reason that is kept and
a second person who looks at it later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from cms.accounts.models import User
from cms.audit.operations import record
from cms.tramites.authorship import authors_of_draft, content_digest
from cms.tramites.conversion import ficha_of_page
from cms.tramites.locking import hold_pages
from cms.tramites.models import Aprobacion, Estado, FichaPage, PasoState, PasoTask, Tramite, Version
from cms.tramites.preflight.revisions import problems_of_revision
from cms.tramites.queries import ficha_of

OWN_WORK = "Tú escribiste parte de este borrador: lo aprueba otra persona."
NEWER = (
    "Hay un borrador más nuevo que el que se envió a revisión, con otros cambios. "
    "Pide cambios o reinicia la revisión, y aprueba lo que está ahora."
)
NEEDS_NOTE = "Di en una frase qué cambia: se publica en el historial de la ficha."
NEEDS_NORM = "Di qué norma lo dispone o, si ninguna, la fuente y su fecha: se publica con el cambio."
NOT_REVIEWED = (
    "Lo que dice este borrador no es lo que se revisó. Reinicia la revisión, y aprueba lo que está ahora."
)
NOT_SHOWN = "Lo que tenías en pantalla ya no es lo que espera aprobación. Mira de nuevo la ficha, y aprueba lo que está ahora."
NOT_MINOR = "Aquí cambian datos, no solo la redacción: no es una corrección menor."


class PublicationRefused(Exception):
    """The message says, in Spanish, why this is not published and what to do; whatever was begun is undone."""


_approved: ContextVar[bool] = ContextVar("approved", default=False)


@contextmanager
def approved_publication() -> Iterator[None]:
    """Marks what is published inside as approved: in the admin, nothing else may put a page before the public."""
    token = _approved.set(True)
    try:
        yield
    finally:
        _approved.reset(token)


def is_approved() -> bool:
    return _approved.get()


def has_right(user: Any, page: Page, *actions: str) -> bool:
    """Whether `user` has one of the actions (`review`, `publish`…) on that page, by a group or as administrator."""
    rights = page.permissions_for_user(user)
    return any(rights.has(action) for action in actions)


def actions(task: PasoTask, page: Page, user: Any) -> list[tuple[str, str, bool]]:
    """(name, label, whether it asks for a comment) of what `user` may do at this step; an author may only send back."""
    if not has_right(user, page, task.derecho):
        return []
    send_back = ("reject", "Pedir cambios", True)
    if user.pk in authors_of_draft(page):
        return [send_back]
    both = task.derecho == "review" and has_right(user, page, "publish")
    label = "Aprobar y publicar" if both else "Aprobar"
    return [send_back, ("approve", label, False), ("approve", f"{label}, con comentario", True)]


def waiting_for(task: PasoTask, user: Any) -> QuerySet[TaskState]:
    """The drafts at this step that `user` has the right to look at."""
    waiting: QuerySet[TaskState] = TaskState.objects.filter(task=task, status=TaskState.STATUS_IN_PROGRESS)
    if user.is_superuser:
        return waiting
    pages = waiting.values_list("revision__object_id", flat=True)
    allowed = page_permission_policy.instances_user_has_permission_for(user, task.derecho)
    ours = allowed.filter(pk__in=[int(pk) for pk in pages]).values_list("pk", flat=True)
    mine: QuerySet[TaskState] = waiting.filter(revision__object_id__in=[str(pk) for pk in ours])
    return mine


def check_step(task: PasoTask, state: TaskState, user: User, *, approves: bool) -> None:
    """Raises PermissionDenied without the right on that very page, whose address Wagtail does not compare with the
    step's, and PublicationRefused unless `user` may say yes to exactly the revision of this step.
    """
    page = state.revision.content_object
    if not has_right(user, page, task.derecho):
        raise PermissionDenied
    if not approves:
        return
    hold_pages([page.pk])
    if user.pk in authors_of_draft(page):
        raise PublicationRefused(OWN_WORK)
    _check_newest(page, state.revision)
    _check_whole(state.revision)


def check_shown(state: TaskState, shown: Revision | None) -> None:
    """Raises PublicationRefused unless the revision on the screen of whoever approves says what this step is about."""
    if shown is None or content_digest(shown) != content_digest(state.revision):
        raise PublicationRefused(NOT_SHOWN)


def takes_both_steps(task: PasoTask, state: TaskState, user: Any) -> bool:
    """Whether this step is done with the one before it: by the same person, who may do both."""
    return (
        task.derecho == PasoTask.Derecho.PUBLICAR
        and user is not None
        and _approvals(state.workflow_state).filter(finished_by=user).exists()
        and has_right(user, state.revision.content_object, "publish")
    )


def step_to_repeat(task: PasoTask, workflow_state: WorkflowState) -> PasoTask | None:
    """The review, where what comes to be published is no longer what was reviewed."""
    if task.derecho != PasoTask.Derecho.PUBLICAR:
        return None
    now = content_digest(workflow_state.content_object.get_latest_revision())
    if _approvals(workflow_state).exclude(task=task.pk).filter(digest=now).exists():
        return None
    review = workflow_state.workflow.tasks.exclude(pk=task.pk).first()
    return review.specific if review else None


def _approvals(workflow_state: WorkflowState) -> QuerySet[PasoState]:
    given: QuerySet[PasoState] = PasoState.objects.filter(
        workflow_state=workflow_state, status=TaskState.STATUS_APPROVED
    )
    return given


def finish(workflow_state: WorkflowState, *, by: User | None) -> None:
    """Publishes the revision that was approved, now or at the time it names; refuses when there is a newer one, and
    unless every step said yes to exactly what it says.
    """
    named = workflow_state.current_task_state.revision
    hold_pages([int(named.object_id)])
    revision = Revision.objects.get(pk=named.pk)
    _check_newest(revision.content_object, revision)
    _check_reviewed(workflow_state, content_digest(revision))
    _publish(revision, by=by, via=Aprobacion.Via.FLUJO)


def _check_reviewed(workflow_state: WorkflowState, digest: str) -> None:
    steps = set(
        workflow_state.workflow.tasks.filter(pk__in=PasoTask.objects.values("pk")).values_list(
            "pk", flat=True
        )
    )
    if steps - set(_approvals(workflow_state).filter(digest=digest).values_list("task", flat=True)):
        raise PublicationRefused(NOT_REVIEWED)


@transaction.atomic
def publish_alone(page: FichaPage, *, by: User, why: str) -> Aprobacion:
    """An administrator's publication in an emergency, of the newest draft; somebody else looks at it later."""
    if not by.is_superuser:
        raise PermissionDenied
    if not why.strip():
        raise PublicationRefused("Di por qué no puede esperar a una segunda persona: queda registrado.")
    hold_pages([page.pk])
    page.refresh_from_db()
    revision = page.get_latest_revision()
    if revision is None or not page.has_unpublished_changes:
        raise PublicationRefused("No hay un borrador que publicar.")
    _check_whole(revision)
    record("tramite.published_alone", page.codigo, by=by, why=why, page_revision=revision.pk)
    return _publish(revision, by=by, via=Aprobacion.Via.URGENCIA, why=why)


def publish_when_due(revision: Revision) -> bool:
    """Publishes what was approved for this moment; calls off, and records, what is not what was approved.

    Inside a transaction.
    """
    hold_pages([int(revision.object_id)])
    revision.refresh_from_db()
    if why := _no_longer_due(revision):
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        codigo = getattr(revision.content_object, "codigo", revision.object_str)
        record("tramite.schedule_refused", codigo, why=why, page_revision=revision.pk)
        return False
    _record_called_off(revision, None)
    with approved_publication():
        revision.publish(skip_permission_checks=True)
    return True


def _no_longer_due(revision: Revision) -> str:
    """Why not, in Spanish; empty where what was approved still holds."""
    approval = Aprobacion.objects.filter(revision=revision.pk).first()
    if approval is None or approval.digest != content_digest(revision):
        return "Nadie aprobó esta revisión para su publicación programada."
    later = Version.objects.filter(tramite__codigo=approval.codigo, at__gt=approval.at)
    if any(not part.startswith("qu.") for version in later for part in version.cambios):
        return "Después de aprobarla se publicó otro cambio, que esta revisión desharía."
    return ""


def published_alone() -> QuerySet[Aprobacion]:
    """Publications by one person that nobody else has looked at yet."""
    return Aprobacion.objects.filter(via=Aprobacion.Via.URGENCIA, vista_at=None).select_related(
        "by", "version"
    )


@transaction.atomic
def look_again(approval: Aprobacion, *, by: User, note: str = "") -> None:
    """The second look at what one person published; raises PublicationRefused for that same person."""
    if approval.by_id == by.pk:
        raise PublicationRefused("La segunda mirada es de otra persona.")
    Aprobacion.objects.filter(pk=approval.pk, vista_at=None).update(vista_by=by, vista_at=timezone.now())
    record("tramite.looked_again", approval.codigo, by=by, why=note, page_revision=approval.revision)


def _publish(revision: Revision, *, by: User | None, via: Aprobacion.Via, why: str = "") -> Aprobacion:
    page = revision.content_object
    approval = Aprobacion.objects.create(
        codigo=getattr(page, "codigo", page.slug),
        revision=revision.pk,
        digest=content_digest(revision),
        via=via,
        motivo=why,
        by=by,
    )
    _record_called_off(revision, by)
    with approved_publication():
        revision.publish(user=by, skip_permission_checks=True)
    return approval


def _record_called_off(revision: Revision, by: User | None) -> None:
    """Publishing one revision calls off the schedule of every other: who planned that can read of it."""
    page = revision.content_object
    for other in page.revisions.exclude(pk=revision.pk).exclude(approved_go_live_at=None).defer("content"):
        at = timezone.localtime(other.approved_go_live_at).isoformat(timespec="seconds")
        codigo = getattr(page, "codigo", page.slug)
        record("tramite.schedule_cancelled", codigo, by=by, page_revision=other.pk, at=at)


def _check_newest(page: Page, revision: Revision) -> None:
    """A newer revision that says the same is no change: saving without one takes no approval away."""
    latest = page.get_latest_revision()
    if latest.pk != revision.pk and content_digest(latest) != content_digest(revision):
        raise PublicationRefused(NEWER)


def _check_whole(revision: Revision) -> None:
    if problems := problems_of(revision):
        raise PublicationRefused("Todavía no se puede publicar. " + " ".join(problems))


def problems_of(revision: Revision) -> list[str]:
    """Why this revision cannot be public: what does not hold together, or is not said about the change."""
    page = revision.as_object()
    if not isinstance(page, FichaPage):
        return []
    return problems_of_revision(revision) or list(missing_note(page).values())


def missing_note(page: FichaPage) -> dict[str, str]:
    """By field, what has yet to be said of a change citizens will read; empty where nothing changes for them."""
    tramite = Tramite.objects.select_related("version").filter(codigo=page.codigo).first()
    if tramite is None or tramite.version is None:
        return {}
    old, new = ficha_of(tramite.version), ficha_of_page(page)
    if (old.hechos, old.es) == (new.hechos, new.es) and tramite.estado == Estado.PUBLICADO:
        return {}
    if page.correccion_menor:
        return {"correccion_menor": NOT_MINOR} if old.hechos != new.hechos else {}
    return {
        **({} if page.nota_cambio.strip() else {"nota_cambio": NEEDS_NOTE}),
        **({} if page.norma_cambio.strip() else {"norma_cambio": NEEDS_NORM}),
    }
