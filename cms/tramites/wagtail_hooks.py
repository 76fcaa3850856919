"""What Wagtail's admin gains for fichas: the screens of two people, and the way to them."""

from typing import Any, cast

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from cms.accounts.roles import PAGE_ROLES, has_role_somewhere
from cms.tramites.editor import register_side_panel
from cms.tramites.home import WithdrawalsPanel
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.panels import PublicationSidePanel
from cms.tramites.preflight import hooks as preflight_hooks
from cms.tramites.rights import can_edit_entidad
from cms.tramites.workflow import published_alone

__all__ = ["preflight_hooks"]  # what the preflight adds is registered by being imported

register_side_panel(PublicationSidePanel)


def publication_urls() -> list[Any]:
    return [path("publicacion/", include("cms.tramites.views.urls"))]


class ForEditors(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_role_somewhere(request.user, *PAGE_ROLES)


class ForAdministrators(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


class WhileSomeWait(ForEditors):
    """Shown only when there is something to look at."""

    def is_shown(self, request: HttpRequest) -> bool:
        return super().is_shown(request) and published_alone().exists()


def requests_item() -> MenuItem:
    return ForEditors(
        "Retiros", reverse("publicacion:pedidos"), name="retiros", icon_name="download", order=310
    )


def alone_item() -> MenuItem:
    address = reverse("publicacion:urgencias")
    return WhileSomeWait("Por mirar otra vez", address, name="urgencias", icon_name="warning", order=311)


def people_item() -> MenuItem:
    address = reverse("publicacion:personas")
    return ForAdministrators("Personas y entidades", address, name="personas", icon_name="group", order=100)


class OfFicha(ActionMenuItem):
    """A line in the menu of actions of a ficha that leads to a screen of its own."""

    view = ""

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, FichaPage)
            and self.offered(context["request"], page)
        )

    def offered(self, request: HttpRequest, page: FichaPage) -> bool:
        raise NotImplementedError

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse(f"publicacion:{self.view}", args=[context["page"].pk])


class AskToWithdraw(OfFicha):
    name, label, icon_name, view, order = (
        "action-retiro",
        "Pedir retiro o restitución…",
        "download",
        "retiro",
        200,
    )

    def offered(self, request: HttpRequest, page: FichaPage) -> bool:
        tramite = Tramite.objects.select_related("entidad").filter(codigo=page.codigo).first()
        return tramite is not None and can_edit_entidad(cast(User, request.user), tramite.entidad.codigo)


class PublishAlone(OfFicha):
    name, label, icon_name, view, order = (
        "action-urgencia",
        "Publicación de urgencia…",
        "warning",
        "urgencia",
        210,
    )

    def offered(self, request: HttpRequest, page: FichaPage) -> bool:
        return bool(request.user.is_superuser and page.has_unpublished_changes)


hooks.register("register_page_action_menu_item", AskToWithdraw)
hooks.register("register_page_action_menu_item", PublishAlone)


def first_screen(_request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WithdrawalsPanel())


def spanish_of_scripts() -> str:
    return format_html('<script type="module" src="{}"></script>', static("tramites/palabras.js"))


def style_of_screens() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("tramites/publicacion.css"))


hooks.register("insert_editor_js", spanish_of_scripts)
hooks.register("insert_global_admin_css", style_of_screens)
hooks.register("construct_homepage_panels", first_screen)
hooks.register("register_admin_urls", publication_urls)
hooks.register("register_admin_menu_item", requests_item)
hooks.register("register_admin_menu_item", alone_item)
hooks.register("register_settings_menu_item", people_item)
