"""The entry in Wagtail's menu, for translators and reviewers."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.editing.translation.rights import can_translate


class TranslationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_translate(request.user)


def urls() -> list[URLPattern | URLResolver]:
    return [path("traduccion/", include("cms.editing.translation.urls"))]


def menu_item() -> MenuItem:
    return TranslationMenuItem(
        "Traducción", reverse("translation:index"), name="traduccion", icon_name="globe", order=220
    )


hooks.register("register_admin_urls", urls)
hooks.register("register_admin_menu_item", menu_item)
