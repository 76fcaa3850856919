"""Asking for a ficha to be withdrawn, or brought back, and answering such a request."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin.widgets import AdminPageChooser

from cms.accounts.models import User
from cms.tramites.models import Estado, FichaPage, Pedido, Tramite
from cms.tramites.rights import can_edit_entidad
from cms.tramites.withdrawal import LONGEST_REASON, Request, approve, ask, may_decide, reject

SHOWN = 100


class RequestForm(forms.Form):
    motivo = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Una o dos frases claras: es lo que leerá la ciudadanía.",
    )
    norma = forms.CharField(
        label="Norma que lo dispone",
        max_length=300,
        required=False,
        help_text="Pública. Resolución Jefatural 120-2026/JNAC/RENIEC, por ejemplo.",
    )
    sin_norma = forms.BooleanField(label="Ninguna norma lo dispone", required=False)
    reemplazo = forms.ModelChoiceField(
        queryset=FichaPage.objects.live(),
        widget=AdminPageChooser(target_models=[FichaPage]),
        required=False,
        help_text="La ficha publicada que la ciudadanía debe usar en su lugar, si la hay.",
        error_messages={"invalid_choice": "El reemplazo es una ficha publicada."},
    )

    def clean(self) -> dict[str, Any]:
        """A norm is asked for, since most withdrawals have one; where there is none, somebody says so."""
        data: dict[str, Any] = super().clean() or {}
        if "sin_norma" in self.fields and not data.get("norma") and not data.get("sin_norma"):
            self.add_error("norma", "Di qué norma lo dispone o, si no hay ninguna, márcalo abajo.")
        if data.get("norma") and data.get("sin_norma"):
            self.add_error("sin_norma", "Escribiste una norma: quita esta marca, o la norma.")
        return data


def ask_for(request: HttpRequest, page_id: int) -> HttpResponse:
    page, user = get_object_or_404(FichaPage, pk=page_id), cast(User, request.user)
    tramite = get_object_or_404(Tramite.objects.select_related("entidad"), codigo=page.codigo)
    if not can_edit_entidad(user, tramite.entidad.codigo):
        raise PermissionDenied
    tipo = Pedido.Tipo.RETIRAR if tramite.estado == Estado.PUBLICADO else Pedido.Tipo.RESTITUIR
    form = RequestForm(request.POST or None)
    if tipo == Pedido.Tipo.RESTITUIR:
        del form.fields["reemplazo"], form.fields["sin_norma"]
    if request.method == "POST" and form.is_valid():
        pedido = ask(_asked(page, tipo, form), by=user)
        messages.success(request, "Pedido enviado: lo decide otra persona con derecho a publicar.")
        return redirect("publicacion:pedido", pedido.pk)
    context = {"page": page, "tramite": tramite, "tipo": tipo, "form": form, "open": _open(tramite)}
    return render(request, "tramites/publicacion/retiro.html", context)


def _asked(page: FichaPage, tipo: Pedido.Tipo, form: RequestForm) -> Request:
    said = form.cleaned_data
    replacement = said.get("reemplazo")
    return Request(
        page.codigo, tipo, said["motivo"], said["norma"], replacement.codigo if replacement else ""
    )


def _open(tramite: Tramite) -> Pedido | None:
    return tramite.pedidos.filter(estado=Pedido.Estado.PENDIENTE).first()


def requests(request: HttpRequest) -> HttpResponse:
    """Those that wait first, then the last answered; of the entities the person works for."""
    user = cast(User, request.user)
    rows = Pedido.objects.select_related("tramite__entidad", "pedido_by", "decidido_by", "reemplazo")
    waiting = rows.filter(estado=Pedido.Estado.PENDIENTE)
    answered = rows.exclude(estado=Pedido.Estado.PENDIENTE)[:SHOWN]
    context = {
        "waiting": [(row, may_decide(row, user)) for row in waiting if _concerns(row, user)],
        "answered": [row for row in answered if _concerns(row, user)],
    }
    return render(request, "tramites/publicacion/pedidos.html", context)


def _concerns(row: Pedido, user: User) -> bool:
    return (
        row.pedido_by_id == user.pk
        or can_edit_entidad(user, row.tramite.entidad.codigo)
        or may_decide(row, user)
    )


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Pedido.objects.select_related("tramite__entidad", "pedido_by", "decidido_by", "reemplazo")
    pedido, user = get_object_or_404(rows, pk=pk), cast(User, request.user)
    if not _concerns(pedido, user):
        raise PermissionDenied
    if request.method == "POST":
        note = request.POST.get("respuesta", "")[:LONGEST_REASON]
        if "aprobar" in request.POST:
            approve(pedido, by=user, note=note)
        else:
            reject(pedido, by=user, note=note)
        messages.success(request, "Respuesta registrada.")
        return redirect("publicacion:pedidos")
    page = FichaPage.objects.filter(codigo=pedido.tramite.codigo).first()
    context = {
        "pedido": pedido,
        "page": page,
        "may_decide": may_decide(pedido, user),
        "own": pedido.pedido_by_id == user.pk,
        "waits": pedido.estado == Pedido.Estado.PENDIENTE,
        "history": rows.filter(tramite=pedido.tramite).exclude(pk=pedido.pk),
    }
    return render(request, "tramites/publicacion/pedido.html", context)
