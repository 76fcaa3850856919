"""The way from a ficha's editor to its links for programs."""

from typing import Any

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem

from cms.api import draft_urls
from cms.api.views import SCREEN
from cms.tramites.models import FichaPage


class ShareDraftItem(ActionMenuItem):
    name = "action-share-draft"
    label = "Mostrar el borrador a un sistema…"
    icon_name = "view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, FichaPage)
            and bool(self.get_user_page_permissions_tester(context).can_edit())
        )

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse(SCREEN, args=[context["page"].pk])


def draft_link_urls() -> list[URLResolver]:
    return [path("borradores/", include(draft_urls))]


def share_draft_item() -> ActionMenuItem:
    return ShareDraftItem(order=90)


hooks.register("register_admin_urls", draft_link_urls)
hooks.register("register_page_action_menu_item", share_draft_item)
