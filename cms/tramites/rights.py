"""What each group of people may do in the tree of pages, for the whole portal or at one entity."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Task, Workflow, WorkflowTask

from cms.accounts.models import User
from cms.accounts.roles import ENTITY_ROLES, Role, group_name
from cms.directory.models import Entidad
from cms.tramites.permissions import RightsOnPage

# `review` is ours beside Wagtail's: whoever has it on a page may say that a draft of it is right.
PAGE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change"),
    Role.REVIEWER: ("add", "change", "review", "lock", "unlock"),
    Role.PUBLISHER: ("change", "publish", "lock", "unlock"),
    Role.TRANSLATOR: (),
}
SNIPPET_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add_aviso", "change_aviso", "view_aviso"),
    Role.PUBLISHER: ("add_aviso", "change_aviso", "view_aviso"),
    Role.REVIEWER: (
        "change_sede", "change_tramo", "add_tramo", "delete_tramo", "add_feriado", "change_feriado", "delete_feriado",
        "add_diaespecial", "change_diaespecial", "delete_diaespecial", "add_uit", "change_uit", "add_aviso", "change_aviso", "view_aviso",
    ),
}  # fmt: skip
# Given once, and to nothing: sentences in Quechua are saved at the translators' desk, which asks for the role.
RETIRED_RIGHTS = ("add_palabra", "change_palabra")
WORKFLOW = "Revisión y publicación"


def grant_rights(root: Page) -> None:
    """Gives each role its rights on `root` and all below it, and nothing else there. Idempotent."""
    for role in PAGE_RIGHTS:
        group = _group(role)
        wanted = SNIPPET_RIGHTS.get(role, ())
        group.permissions.add(*Permission.objects.filter(codename__in=wanted))
        group.permissions.remove(*Permission.objects.filter(codename__in=RETIRED_RIGHTS))
        _set_page_rights(group, root, PAGE_RIGHTS[role])
    _lay_the_workflow()


def entity_group(role: Role, codigo: str) -> Group:
    """The group that holds `role` on the fichas of one entity only; made when first needed.

    Raises ValueError for a role that is for the whole portal, or an entity that has no page yet.
    """
    from cms.tramites.models import EntidadPage  # the models' forms read rights

    shelf = EntidadPage.objects.filter(entidad__codigo=codigo).first()
    if role not in ENTITY_ROLES or shelf is None:
        raise ValueError(f"no hay rol {role} en la entidad {codigo}")
    group = _group(role, codigo)
    _set_page_rights(group, shelf, PAGE_RIGHTS[role])
    return group


def can_edit_entidad(user: User, codigo: str) -> bool:
    """Whether `user` may write fichas of this entity: rights hang on the entity's page, or on one above it."""
    rights = _rights_at(user, codigo)
    return rights is not None and rights.can_add_subpage()


def can_review_entidad(user: User, codigo: str) -> bool:
    """Whether `user` may say that drafts of this entity are right (somebody else's: see authorship)."""
    rights = _rights_at(user, codigo)
    return rights is not None and rights.has("review")


def can_approve_entidad(user: User, codigo: str) -> bool:
    """Whether `user` may put fichas of this entity before the public (somebody else's: see authorship)."""
    rights = _rights_at(user, codigo)
    return rights is not None and rights.has("publish")


def entidades_de(user: User, *, can: str = "add") -> QuerySet[Entidad]:
    """The entities, by name, on whose fichas `user` may do one thing of the tree: add, change, review or publish.

    The same answer as asking `can_edit_entidad` and its like of each, in three questions for all of them.
    """
    from cms.tramites.models import PortalPage

    everything, portal = Entidad.objects.order_by("nombre"), PortalPage.objects.first()
    if portal is None or not user.is_active:
        return everything.none()
    held = GroupPagePermission.objects.filter(group__user=user, permission__codename=f"{can}_page")
    paths = set(held.values_list("page__path", flat=True)) if not user.is_superuser else {""}
    if any(portal.path.startswith(path) for path in paths):
        return everything
    below = Q(pk__in=())
    for path in paths:
        below |= Q(page__path=path)
    return everything.filter(below)


def _rights_at(user: User, codigo: str) -> RightsOnPage | None:
    """At the entity's page; for an entity that has none yet, at the portal's."""
    from cms.tramites.models import EntidadPage, PortalPage

    shelf = EntidadPage.objects.filter(entidad__codigo=codigo).first() or PortalPage.objects.first()
    rights: RightsOnPage | None = shelf and shelf.permissions_for_user(user)
    return rights


def _group(role: Role, codigo: str = "") -> Group:
    group, _ = Group.objects.get_or_create(name=group_name(role, codigo))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def _set_page_rights(group: Group, page: Page, actions: tuple[str, ...]) -> None:
    wanted = {_page_permission(action).pk for action in actions}
    GroupPagePermission.objects.filter(group=group, page=page).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission_id=permission)


def _page_permission(action: str) -> Permission:
    of_pages = ContentType.objects.get_for_model(Page)
    names = {"codename": f"{action}_page", "content_type": of_pages}
    return Permission.objects.get_or_create(**names, defaults={"name": f"Can {action} page"})[0]


def _lay_the_workflow() -> None:
    """Two steps in place of Wagtail's one, whose approvers are a group nobody is in."""
    from cms.tramites.models import PasoTask

    workflow = Workflow.objects.filter(name__in=("Moderators approval", WORKFLOW)).first()
    if workflow is None or workflow.name == WORKFLOW:
        return
    Workflow.objects.filter(pk=workflow.pk).update(name=WORKFLOW)
    workflow.workflow_tasks.all().delete()
    for order, (name, right) in enumerate((("Revisión", "review"), ("Publicación", "publish"))):
        task = PasoTask.objects.create(name=name, derecho=right)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    Task.objects.filter(pk__in=GroupApprovalTask.objects.values("pk")).update(active=False)
