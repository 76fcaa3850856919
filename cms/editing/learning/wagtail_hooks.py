"""The entry in Wagtail's menu, for those who decide what the assistant learns."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.editing.learning.rights import can_teach


class LearningMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_teach(request.user)


def urls() -> list[URLPattern | URLResolver]:
    return [path("aprendizaje/", include("cms.editing.learning.urls"))]


def menu_item() -> MenuItem:
    return LearningMenuItem(
        "Aprendizaje", reverse("learning:index"), name="aprendizaje", icon_name="help", order=340
    )


hooks.register("register_admin_urls", urls)
hooks.register("register_admin_menu_item", menu_item)
