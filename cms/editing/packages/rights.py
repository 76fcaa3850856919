"""Who may do what with a package. Rights are per entity; who put anything into a package never approves it."""

from django.db.models import Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User
from cms.directory.models import Entidad
from cms.editing.packages.errors import NotAllowed
from cms.editing.packages.models import Paquete
from cms.editing.packages.results import Result
from cms.tramites.authorship import authors_of_draft
from cms.tramites.models import FichaPage
from cms.tramites.rights import can_approve_entidad, can_edit_entidad, entidades_de


def visible(user: User) -> QuerySet[Paquete]:
    """The packages `user` may look at: those of the entities they write or approve for."""
    allowed = Q(entidad__in=_keys(user, "add")) | Q(entidad__in=_keys(user, "publish"))
    return Paquete.objects.select_related("entidad").filter(allowed)


def _keys(user: User, action: str) -> QuerySet[Entidad, int]:
    return entidades_de(user, can=action).order_by().values_list("pk", flat=True)


def must_edit(user: User, codigo: str) -> None:
    if not can_edit_entidad(user, codigo):
        raise NotAllowed("No tienes permiso para preparar cambios de esta entidad.")


def must_approve(user: User, codigo: str) -> None:
    if not can_approve_entidad(user, codigo):
        raise NotAllowed("No tienes permiso para aprobar cambios de esta entidad.")


def must_be_somebody_else(user: User, package: Paquete, found: list[Result]) -> None:
    """Four eyes: also for an administrator, and also for who wrote a draft that was taken into the package."""
    reason = why_not_approver(user, package, found)
    if reason:
        raise NotAllowed(reason)


def must_have_no_hand(user: User, package: Paquete) -> None:
    """Who prepared a package does not undo it either: that is a publication too."""
    reason = why_not_undo(user, package)
    if reason:
        raise NotAllowed(reason)


def had_a_hand(user: User, package: Paquete) -> bool:
    made = user.pk in {package.creado_por_id, package.enviado_por_id}
    return made or package.manos.filter(pk=user.pk).exists()


def why_not_undo(user: User, package: Paquete) -> str:
    if had_a_hand(user, package):
        return "Lo deshace otra persona: tú preparaste este paquete o pusiste algo en él."
    return ""


def why_not_approver(user: User, package: Paquete, found: list[Result]) -> str:
    if user.pk in {package.creado_por_id, package.enviado_por_id}:
        return "Lo aprueba otra persona: este paquete lo preparaste o lo enviaste tú."
    if package.manos.filter(pk=user.pk).exists():
        return "Lo aprueba otra persona: pusiste o cambiaste algo de este paquete, o aceptaste sus avisos."
    pages = FichaPage.objects.filter(codigo__in=[result.item.codigo for result in found if result.touches])
    drafts = {result.item.codigo for result in found if result.item.origen == "manual"}
    if any(user.pk in authors_of_draft(page) for page in pages if page.codigo in drafts):
        return "Lo aprueba otra persona: escribiste uno de los borradores que trae este paquete."
    return ""


def may_enter(user: User) -> bool:
    """Whether the screens of packages are any of this person's business."""
    pages = PagePermissionPolicy()
    return bool(pages.user_has_any_permission(user, {"add", "publish"}))
