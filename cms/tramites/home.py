"""What waits on the first screen of the admin: withdrawals to decide, and those of one's own that were refused."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.accounts.models import User
from cms.tramites.models import Pedido
from cms.tramites.withdrawal import may_decide

# A refusal that nobody did anything about is no news any more.
NEWS = timedelta(days=14)


class WithdrawalsPanel(Component):
    name = "retiros"
    template_name = "tramites/publicacion/home.html"
    order = 201

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        if not isinstance(user, User):
            return {}
        rows = Pedido.objects.select_related("tramite__entidad", "pedido_by", "decidido_by")
        waiting = rows.filter(estado=Pedido.Estado.PENDIENTE).order_by("pedido_at")
        refused = rows.filter(
            estado=Pedido.Estado.RECHAZADO, pedido_by=user, decidido_at__gt=timezone.now() - NEWS
        )
        return {
            "waiting": [row for row in waiting if may_decide(row, user)],
            "refused": [row for row in refused if not _asked_again(row)],
        }


def _asked_again(row: Pedido) -> bool:
    return Pedido.objects.filter(tramite=row.tramite_id, pk__gt=row.pk).exists()
