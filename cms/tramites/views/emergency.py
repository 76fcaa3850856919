"""An administrator's publication without a second person, and the second look at it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cms.accounts.models import User
from cms.tramites.models import Aprobacion, FichaPage
from cms.tramites.rights import can_approve_entidad, can_review_entidad
from cms.tramites.workflow import look_again, publish_alone, published_alone


class ReasonForm(forms.Form):
    motivo = forms.CharField(
        label="Por qué no puede esperar a otra persona",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Queda en la auditoría con tu nombre, y otra persona lo revisará después.",
    )


def publish_now(request: HttpRequest, page_id: int) -> HttpResponse:
    if not request.user.is_superuser:
        raise PermissionDenied
    page = get_object_or_404(FichaPage, pk=page_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publish_alone(page, by=request.user, why=form.cleaned_data["motivo"])
        messages.success(request, f"Se publicó «{page.title}». Queda pendiente la mirada de otra persona.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "tramites/publicacion/urgencia.html", {"page": page, "form": form})


def waiting(request: HttpRequest) -> HttpResponse:
    rows = [(row, _may_look(cast(User, request.user), row)) for row in published_alone()]
    return render(
        request,
        "tramites/publicacion/urgencias.html",
        {"rows": [row for row in rows if _may_see(request, row[0])]},
    )


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Aprobacion, pk=pk, via=Aprobacion.Via.URGENCIA)
    user = cast(User, request.user)
    if row.by_id != user.pk and not _may_look(user, row):
        raise PermissionDenied
    look_again(row, by=user, note=request.POST.get("nota", "")[:600])
    messages.success(request, f"Anotado: revisaste la publicación de {row.codigo}.")
    return redirect(reverse("publicacion:urgencias"))


def _may_see(request: HttpRequest, row: Aprobacion) -> bool:
    return row.by_id == request.user.pk or _may_look(cast(User, request.user), row)


def _may_look(user: User, row: Aprobacion) -> bool:
    if row.by_id == user.pk or row.version is None:
        return False
    entidad = row.version.tramite.entidad.codigo
    return can_review_entidad(user, entidad) or can_approve_entidad(user, entidad)
