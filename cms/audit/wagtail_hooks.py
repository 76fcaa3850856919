"""The audit among Wagtail's reports."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.audit.views import may_read


def audit_urls() -> list[Any]:
    return [path("auditoria/", include("cms.audit.urls"))]


class ForReaders(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


def audit_item() -> MenuItem:
    return ForReaders(
        "Auditoría", reverse("auditoria:listing"), name="auditoria", icon_name="history", order=50
    )


hooks.register("register_admin_urls", audit_urls)
hooks.register("register_reports_menu_item", audit_item)
