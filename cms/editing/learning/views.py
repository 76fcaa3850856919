"""The editors' screens: what was not understood, one of them, and the accepted examples."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.accounts.models import User
from cms.editing.learning import operations
from cms.editing.learning.errors import Refused
from cms.editing.learning.forms import EXAMPLE, NAME, REJECT, DecisionForm, intents
from cms.editing.learning.models import INTENTS, LONGEST, Candidato, Ejemplo, Motivo
from cms.editing.learning.queries import candidates, chosen_after, reasons, refusal
from cms.editing.learning.rights import can_teach, why_not_teach

PER_PAGE = 50
LIST = "learning:index"
IDIOMAS = {"es": "Castellano", "qu": "Quechua"}


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not can_teach(request.user):
        raise PermissionDenied
    return request.user


def _frame(title: str, *more: dict[str, str]) -> dict[str, Any]:
    home = {"url": reverse("wagtailadmin_home"), "label": "Inicio"}
    first = {"url": reverse(LIST), "label": "Aprendizaje"}
    return {"header_title": title, "header_icon": "help", "breadcrumbs_items": [home, first, *more]}


def index(request: HttpRequest) -> HttpResponse:
    _user(request)
    idioma, motivo = request.GET.get("idioma", ""), request.GET.get("motivo", "")
    found = candidates(
        idioma=idioma if idioma in IDIOMAS else "", motivo=motivo if motivo in Motivo.values else ""
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    ids = [one.pk for one in page]
    why, chosen = reasons(ids), chosen_after(ids)
    context = {
        **_frame("Preguntas que no se entendieron"),
        "page": page,
        "rows": [(one, why.get(one.pk, []), chosen.get(one.pk, [])[:2]) for one in page],
        "idioma": idioma,
        "motivo": motivo,
        "idiomas": IDIOMAS,
        "motivos": Motivo.choices,
        "examples": Ejemplo.objects.count(),
        "refusal": refusal(),
    }
    return TemplateResponse(request, "learning/index.html", context)


def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One text and what to do with it; a decision leads back to the list."""
    user = _user(request)
    one = get_object_or_404(candidates(), pk=pk) if request.method != "POST" else _whatever(pk)
    chosen = chosen_after([pk]).get(pk, [])
    form = DecisionForm(request.POST or None, initial=_initial(one, chosen))
    if request.method == "POST" and form.is_valid():
        try:
            said = _decide(pk, user, request.POST.get("accion", ""), form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse(LIST))
    context = {
        **_frame("Una pregunta", {"url": "", "label": "Una pregunta"}),
        "one": one,
        "form": form,
        "reasons": reasons([pk]).get(pk, []),
        "chosen": chosen,
        "barred": why_not_teach(user, one.idioma),
    }
    return TemplateResponse(request, "learning/candidate.html", context)


def _whatever(pk: int) -> Candidato:
    """Of one that is decided already, the operation says so."""
    return get_object_or_404(Candidato, pk=pk)


def _initial(one: Candidato, chosen: list[Any]) -> dict[str, str]:
    """What citizens confirmed is proposed; nothing is proposed that a button was not pressed for."""
    confirmed = next((each for each in chosen if each.elegido), None)
    if confirmed is None:
        return {"texto": one.texto[:LONGEST]}
    aspecto = confirmed.aspecto if confirmed.aspecto in INTENTS else ""
    return {"texto": one.texto[:LONGEST], "codigo": confirmed.codigo, "intencion": aspecto}


def _decide(pk: int, user: User, action: str, given: dict[str, Any]) -> str:
    if action == EXAMPLE:
        operations.accept_example(
            candidate_id=pk,
            texto=given["texto"],
            nombre=given["nombre"],
            intencion=given["intencion"],
            by=user,
        )
        return "Es un ejemplo: el asistente lo aprende en el próximo entrenamiento."
    if action == NAME:
        page = operations.propose_name(
            candidate_id=pk, nombre=given["nombre"], codigo=given["codigo"], by=user
        )
        return f"Está en el borrador de «{page.title}»: vale cuando se revise y se publique."
    if action == REJECT:
        operations.reject(candidate_id=pk, by=user)
        return "Descartada: no se volverá a proponer."
    raise Refused("Elige qué hacer con la pregunta.")


def examples(request: HttpRequest) -> HttpResponse:
    _user(request)
    labels = dict(intents())
    page = Paginator(Ejemplo.objects.select_related("by"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **_frame("Ejemplos aceptados", {"url": "", "label": "Ejemplos aceptados"}),
        "page": page,
        "rows": [(one, labels.get(one.intencion, one.intencion)) for one in page],
    }
    return TemplateResponse(request, "learning/examples.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = _user(request)
    try:
        operations.remove_example(example_id=pk, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Quitado: el próximo entrenamiento es sin él.")
    return HttpResponseRedirect(reverse("learning:examples"))
