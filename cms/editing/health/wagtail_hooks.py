"""Content health in Wagtail's admin: its menu item, and its figures on the first page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.staticfiles import versioned_static

from cms.editing.health import urls
from cms.editing.health.measuring import totals
from cms.editing.health.models import Clase
from cms.editing.health.views.screen import scope_of
from cms.editing.health.waiting import waiting


class HealthSummary(SummaryItem):
    order = 50
    template_name = "health/summary.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        urgent = (Clase.SIN_RESPUESTA, Clase.VENCIDA, Clase.QUECHUA_VIEJO, Clase.ENLACE)
        found = {clase: fichas for clase, fichas, _single in totals(scope_of(self.request))}
        return {
            "url": reverse("content_health:health"),
            "figures": [(clase, found[clase]) for clase in urgent if found[clase]],
            "waiting": sum(line.cuantos for line in waiting()),
        }


def health_urls() -> list[URLPattern | URLResolver]:
    return [path("salud/", include(urls))]


def health_menu_item() -> MenuItem:
    return MenuItem("Salud del contenido", reverse("content_health:health"), icon_name="glasses", order=330)


def health_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(HealthSummary(request))


def arrival() -> str:
    return format_html('<script src="{}"></script>', versioned_static("health/arrive.js"))


hooks.register("register_admin_urls", health_urls)
hooks.register("insert_editor_js", arrival)
hooks.register("register_admin_menu_item", health_menu_item)
hooks.register("construct_homepage_summary_items", health_summary)
