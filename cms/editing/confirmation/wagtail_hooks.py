"""Rounds of confirmation in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.models import User
from cms.editing.confirmation import admin_urls
from cms.tramites.rights import entidades_de


class RoundsMenuItem(MenuItem):
    """For those who write fichas of some entity; it is the rights on its page that count."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and entidades_de(request.user).exists()


def confirmation_urls() -> list[URLPattern | URLResolver]:
    return [path("confirmaciones/", include(admin_urls))]


def confirmation_menu_item() -> MenuItem:
    return RoundsMenuItem("Confirmaciones", reverse("confirmation:rounds"), icon_name="mail", order=320)


hooks.register("register_admin_urls", confirmation_urls)
hooks.register("register_admin_menu_item", confirmation_menu_item)
