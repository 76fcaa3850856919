"""What each group of people may do in the tree of pages."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow

from cms.accounts.roles import Role

PAGE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.REVIEWER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.TRANSLATOR: (),
}
SNIPPET_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: (),
    Role.REVIEWER: (
        "change_sede", "change_tramo", "add_tramo", "delete_tramo", "add_feriado", "change_feriado", "delete_feriado",
    ),
    Role.TRANSLATOR: ("add_palabra", "change_palabra"),
}  # fmt: skip


def grant_rights(root: Page) -> None:
    """Gives each group its rights on `root` and all below it. Idempotent; takes nothing away."""
    for role, page_rights in PAGE_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=str(role))
        wanted = ("access_admin", *SNIPPET_RIGHTS[role])
        group.permissions.add(*Permission.objects.filter(codename__in=wanted))
        for codename in page_rights:
            permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _review_by_reviewers()


def _review_by_reviewers() -> None:
    """Wagtail begins with a workflow whose one task is for a group nobody is in: what is sent would wait for ever."""
    reviewers = Group.objects.get(name=str(Role.REVIEWER))
    for task in GroupApprovalTask.objects.exclude(groups=reviewers):
        task.groups.add(reviewers)
    Workflow.objects.filter(name="Moderators approval").update(name="Revisión")
    GroupApprovalTask.objects.filter(name="Moderators approval").update(name="Revisión")
