"""Packages in Wagtail's admin: the menu, the first screen, and what the editor of a ficha says and does of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.accounts.models import User
from cms.editing.packages.home import PackagesPanel
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.queries import conflicts_of, promised_with
from cms.editing.packages.rights import may_enter
from cms.tramites.models import FichaPage
from cms.tramites.rights import can_edit_entidad

BUTTON = "action-package"


class PackagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and may_enter(request.user)


class AddToPackageItem(ActionMenuItem):
    """A submit button, so that what stands in the form is saved as a draft before it is taken into the package."""

    name = BUTTON
    label = "Guardar y añadir al paquete…"
    icon_name = "folder-open-inverse"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page, request = context.get("page"), context["request"]
        if context["view"] != "edit" or not isinstance(page, FichaPage) or context.get("locked_for_user"):
            return False
        return can_edit_entidad(request.user, page.get_parent().specific.entidad.codigo)


def urls() -> list[URLPattern | URLResolver]:
    return [path("paquetes/", include("cms.editing.packages.urls"))]


def menu_item() -> MenuItem:
    return PackagesMenuItem(
        "Paquetes TUPA",
        reverse("packages:index"),
        name="paquetes",
        icon_name="folder-open-inverse",
        order=210,
    )


def action_item() -> ActionMenuItem:
    return AddToPackageItem(order=60)


def after_saving(request: HttpRequest, page: Page) -> HttpResponse | None:
    if BUTTON in request.POST and isinstance(page, FichaPage):
        return HttpResponseRedirect(reverse("packages:add_draft", args=[page.pk]))
    return None


def first_screen(_request: HttpRequest, panels: list[Component]) -> None:
    panels.append(PackagesPanel())


def before_editing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Says that the ficha is in a package somebody counts on, and lets nothing save itself over what it was compared with."""
    if not isinstance(page, FichaPage) or (package := promised_with(page.codigo)) is None:
        return None
    if request.method == "POST":
        # Only what saves by itself asks for no page: who presses the button has read the banner.
        return None if request.accepts("text/html") else _not_by_itself(package)
    address = reverse("packages:detail", args=[package.pk])
    button = messages.button(address, "Abrir el paquete")
    messages.warning(request, _banner(package, page.codigo), buttons=[button])
    return None


def _waits(package: Paquete) -> str:
    return "por aprobar" if package.estado == Estado.ENVIADO else "aprobado, a la espera de su fecha"


def _not_by_itself(package: Paquete) -> HttpResponse:
    said = f"No se guarda sola: está en el paquete «{package.titulo}», {_waits(package)}. Para guardar, pulsa el botón."
    # The code by which Wagtail's editor shows our words, and pauses.
    return JsonResponse({"success": False, "error_code": "locked", "error_message": said}, status=400)


def _banner(package: Paquete, codigo: str) -> str:
    where = f"Esta ficha está en el paquete «{package.titulo}», {_waits(package)}"
    if changed := conflicts_of(package, codigo):
        return f"{where}, y cambió después. {' '.join(changed)} Así el paquete no entrará en vigor: ábrelo, y lee qué hacer."
    return (
        f"{where}. No se guarda sola. Si guardas un cambio, el paquete no podrá entrar en vigor hasta que se compare y "
        "se envíe otra vez."
    )


hooks.register("register_admin_urls", urls)
hooks.register("register_admin_menu_item", menu_item)
hooks.register("register_page_action_menu_item", action_item)
hooks.register("after_edit_page", after_saving)
hooks.register("before_edit_page", before_editing)
hooks.register("construct_homepage_panels", first_screen)
