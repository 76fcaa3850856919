"""What waits on the first screen of the admin: packages to decide, packages that came back, packages in conflict."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from cms.editing.packages.queries import in_conflict, sent_back, to_decide, waiting_for_a_look
from cms.editing.packages.rights import may_enter
from cms.tramites.rights import entidades_de


class PackagesPanel(Component):
    name = "paquetes"
    template_name = "packages/home.html"
    order = 200

    class Media:
        css = {"all": ("packages/packages.css",)}  # how it stands, in its colour

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        if not isinstance(user, User) or not may_enter(user):
            return {}
        conflicts = in_conflict(user)
        waiting = [package for package in to_decide(user) if package not in conflicts]
        back, look = list(sent_back(user)), list(_to_look_at(user))
        return {
            "waiting": waiting,
            "back": back,
            "conflicts": list(conflicts.items()),
            "look": look,
            "any": bool(waiting or back or conflicts or look),
        }


def _to_look_at(user: User) -> Any:
    may_approve = entidades_de(user, can="publish").order_by().values("pk")
    return waiting_for_a_look(user).filter(entidad__in=may_approve).exclude(deshecho_por=user)
