"""Subscribers in Wagtail's admin, under Settings; for administrators."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.integrations.webhooks import urls
from cms.integrations.webhooks.views import LIST, TITLE, is_administrator


class SubscribersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


def subscriber_urls() -> list[URLResolver]:
    return [path("avisos/", include(urls))]


def subscribers_menu_item() -> MenuItem:
    return SubscribersMenuItem(TITLE, reverse(LIST), icon_name="mail", order=900)


hooks.register("register_admin_urls", subscriber_urls)
hooks.register("register_settings_menu_item", subscribers_menu_item)
