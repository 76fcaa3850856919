"""What the contact of an entity sees: light pages that work without JavaScript, cookies or an account.

The link is the credential: it is in the address, so nothing tells the address on (no referrer, no cache, no index),
and a form from elsewhere that does not know it cannot post here.
"""

import time
from collections.abc import Callable
from functools import wraps
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms import kept
from cms.editing.confirmation import operations
from cms.editing.confirmation.forms import AnswerForm, SenderForm, form_of
from cms.editing.confirmation.links import LinkRefused, round_of
from cms.editing.confirmation.models import Estado, Ronda
from cms.editing.confirmation.rounds import Asked, AskedFicha, asked_ficha, asked_fichas
from cms.tramites.models import Tramite

WINDOW_SECONDS = 60
WRITES_PER_MINUTE = 60
# Behind one address may sit a whole ministry; who guesses links needs many more tries than this.
WRONG_LINKS_PER_MINUTE = 30

View = Callable[..., HttpResponse]


def contact_page(view: View) -> View:
    """Finds the round of the link, or says why it leads nowhere; tells no cache, index or other site of it."""

    @wraps(view)
    def serve(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        return _private(_served(request, token, view, kwargs))

    # Django's own check wants an Origin or Referer, which a page that tells no referrer does not send.
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(serve))


def _served(request: HttpRequest, token: str, view: View, kwargs: dict[str, Any]) -> HttpResponse:
    if _too_many(f"confirm-wrong:{request.META.get('REMOTE_ADDR', '')}", WRONG_LINKS_PER_MINUTE, add=False):
        return _refusal(request, "too_many", 429)
    try:
        ronda = round_of(token)
    except LinkRefused as error:
        _too_many(f"confirm-wrong:{request.META.get('REMOTE_ADDR', '')}", WRONG_LINKS_PER_MINUTE)
        return _refusal(request, error.reason, 404 if error.reason == "unknown" else 410)
    if request.method == "POST" and _too_many(f"confirm-writes:{ronda.pk}", WRITES_PER_MINUTE):
        return _refusal(request, "too_many", 429)
    return view(request, ronda, token, **kwargs)


def _too_many(what: str, most: int, *, add: bool = True) -> bool:
    key = f"{what}:{int(time.time() // WINDOW_SECONDS)}"
    if not add:
        return bool((kept.get(key) or 0) >= most)
    return kept.count(key, 2 * WINDOW_SECONDS) > most


def _refusal(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    response = render(request, "confirmation/refused.html", {"reason": reason}, status=status)
    if status == 429:
        response["Retry-After"] = str(WINDOW_SECONDS)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _address(token: str, codigo: str = "", anchor: str = "") -> str:
    name, args = ("confirming:ficha", [token, codigo]) if codigo else ("confirming:start", [token])
    return reverse(name, args=args) + (f"#{anchor}" if anchor else "")


@contact_page
def start(request: HttpRequest, ronda: Ronda, token: str) -> HttpResponse:
    """The fichas with how much of each is answered, and at the end who answers; afterwards what was answered."""
    if ronda.estado == Estado.RESPONDIDA:
        return _answered(request, ronda)
    if request.method == "GET":
        operations.opened(ronda=ronda)
    return _overview(request, ronda, token, SenderForm())


def _overview(
    request: HttpRequest, ronda: Ronda, token: str, sender: SenderForm, status: int = 200
) -> HttpResponse:
    fichas = asked_fichas(ronda)
    answered = sum(ficha.respondidos for ficha in fichas)
    left = sum(ficha.pendientes for ficha in fichas)
    context = {
        "ronda": ronda,
        "token": token,
        "fichas": fichas,
        "sender": sender,
        "answered": answered,
        "left": left,
    }
    return render(request, "confirmation/start.html", context, status=status)


def _answered(request: HttpRequest, ronda: Ronda) -> HttpResponse:
    answers = list(ronda.respuestas.order_by("codigo", "id"))
    codes = {answer.codigo for answer in answers}
    names = dict(Tramite.objects.filter(codigo__in=codes).values_list("codigo", "nombre"))
    fichas = [
        (names.get(codigo, codigo), list(given)) for codigo, given in groupby(answers, attrgetter("codigo"))
    ]
    return render(request, "confirmation/answered.html", {"ronda": ronda, "fichas": fichas})


@contact_page
def ficha(request: HttpRequest, ronda: Ronda, token: str, codigo: str) -> HttpResponse:
    if ronda.estado == Estado.RESPONDIDA:
        return HttpResponseRedirect(_address(token))
    asked = asked_ficha(ronda, codigo)
    if asked is None:
        return _refusal(request, "no_ficha", 404)
    if request.method == "POST":
        return _save(request, ronda, token, asked)
    operations.opened(ronda=ronda)
    return _questions(request, ronda, token, asked, [_form(item, asked) for item in asked.hechos])


def _form(item: Asked, asked: AskedFicha) -> AnswerForm:
    """The form of a fact, filled with what was answered before."""
    form = form_of(item.hecho, asked.ficha)
    if item.respuesta is not None:
        answer = item.respuesta
        form.initial = {
            **form.initial,
            "veredicto": answer.veredicto,
            "fuente": answer.fuente,
            "fuente_url": answer.fuente_url,
            "comentario": answer.comentario,
            **form.fields_of(answer.valor or {}),
        }
    return form


def _save(request: HttpRequest, ronda: Ronda, token: str, asked: AskedFicha) -> HttpResponse:
    """Keeps what holds and shows the rest again; a fact that changed meanwhile is asked anew."""
    forms, changed = [], []
    for item in asked.hechos:
        form = form_of(item.hecho, asked.ficha, request.POST)
        if request.POST.get(f"{item.hecho.id}-sello") != item.hecho.sello:
            changed.append(item.hecho.id)
            form = _form(item, asked)
        forms.append(form)
    bound = [form for form in forms if form.is_bound]
    valid = [form for form in bound if form.is_valid()]
    try:
        operations.save_answers(ronda=ronda, codigo=asked.codigo, forms=valid)
    except operations.RoundOver:
        return HttpResponseRedirect(_address(token))
    if len(valid) < len(bound) or changed:
        return _questions(request, ronda, token, asked, forms, changed=changed, status=422)
    return HttpResponseRedirect(_next(request, token, asked))


def _next(request: HttpRequest, token: str, asked: AskedFicha) -> str:
    """Where the pressed button leads: the next aspect of this ficha, or the list."""
    wanted = request.POST.get("seguir", "")
    known = {item.hecho.aspecto for item in asked.hechos}
    return _address(token, asked.codigo, wanted) if wanted in known else _address(token)


Group = dict[str, Any]


def _groups(asked: AskedFicha, forms: list[AnswerForm]) -> tuple[list[Group], list[Group]]:
    """Facts with their forms by aspect: of what something is said, and of what nothing is known."""
    told: list[Group] = []
    blanks: list[Group] = []
    items = list(zip(asked.hechos, forms, strict=True))
    for aspecto in dict.fromkeys(item.hecho.aspecto for item in asked.hechos):
        of_it = [pair for pair in items if pair[0].hecho.aspecto is aspecto]
        nothing = all(item.hecho.vacio and not item.hecho.lineas for item, _form in of_it)
        (blanks if nothing else told).append({"aspecto": aspecto, "items": of_it})
    for groups in (told, blanks):
        for group, following in pairwise(groups):
            group["seguir"] = following["aspecto"]
    return told, blanks


def _questions(
    request: HttpRequest,
    ronda: Ronda,
    token: str,
    asked: AskedFicha,
    forms: list[AnswerForm],
    *,
    changed: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    told, blanks = _groups(asked, forms)
    broken = [(form.fact, form) for form in forms if form.is_bound and form.errors]
    context = {
        "ronda": ronda,
        "token": token,
        "asked": asked,
        "groups": told,
        "blanks": blanks,
        # Closed, nobody would find what is wrong in them, or what they were filled with.
        "blanks_open": any(form["veredicto"].value() for group in blanks for _item, form in group["items"]),
        "broken": broken,
        "changed": changed or [],
    }
    return render(request, "confirmation/ficha.html", context, status=status)


@contact_page
def send(request: HttpRequest, ronda: Ronda, token: str) -> HttpResponse:
    """Ends the round; pressed twice, or later again, it only shows what was answered."""
    if request.method == "POST" and ronda.estado != Estado.RESPONDIDA:
        sender = SenderForm(request.POST)
        if not sender.is_valid():
            return _overview(request, ronda, token, sender, status=422)
        operations.finish(
            ronda=ronda, nombre=sender.cleaned_data["nombre"], cargo=sender.cleaned_data["cargo"]
        )
    return HttpResponseRedirect(_address(token))
