"""What has followed a publication, and trying again what failed."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cms.accounts.models import User
from cms.publishing.models import OutboxRow
from cms.tramites.following import followed_by, try_again
from cms.tramites.models import FichaPage
from cms.tramites.queries import TOPIC
from cms.tramites.workflow import has_right


def followed(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(FichaPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    context = {
        "page": page,
        "followed": followed_by(page.codigo, at_most=50),
        "may_retry": has_right(request.user, page, "review", "publish"),
    }
    return render(request, "tramites/publicacion/seguimiento.html", context)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OutboxRow.objects.select_related("change"), pk=pk, change__topic=TOPIC)
    page = get_object_or_404(FichaPage, codigo=row.change.key)
    if not has_right(request.user, page, "review", "publish"):
        raise PermissionDenied
    if try_again(row, by=cast(User, request.user)):
        messages.success(request, "Se vuelve a intentar ahora.")
    else:
        messages.info(request, "No hay nada que reintentar: ya se hizo, o está en curso.")
    return redirect("publicacion:seguimiento", page.pk)
