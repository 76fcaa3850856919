"""Recorded voices in Wagtail's admin: a menu item, a line in a ficha's actions, a figure on the first page."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem

from cms.accounts.models import User
from cms.accounts.roles import ENTITY_ROLES, Role, has_role_somewhere
from cms.narration.rights import may_upload
from cms.narration.screens import LIST, TITLE
from cms.tramites.models import FichaPage


class VoicesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_role_somewhere(request.user, *ENTITY_ROLES, Role.TRANSLATOR)


class RecordVoice(ActionMenuItem):
    name, label, icon_name, order = "action-voz", "Grabar una voz…", "media", 220

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, FichaPage) or not page.live:
            return False
        return may_upload(cast(User, context["request"].user), page.codigo)

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("narration_admin:ficha", args=[context["page"].codigo])


def voices_urls() -> list[Any]:
    return [path("voces/", include("cms.narration.admin_urls"))]


def voices_item() -> MenuItem:
    return VoicesItem(TITLE, reverse(LIST), name="voces", icon_name="media", order=335)


hooks.register("register_admin_urls", voices_urls)
hooks.register("register_admin_menu_item", voices_item)
hooks.register("register_page_action_menu_item", RecordVoice)
