"""Citizens' pages: choosing, writing, and seeing what became of it. Plain forms; nothing here needs a script."""

from math import ceil
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms.channels.web.cookie import current_conversation
from cms.channels.web.problems import Refusal
from cms.conversations.contacts import Contact, read_contact
from cms.conversations.errors import InvalidContact
from cms.directory.hours import LIMA
from cms.portal.serving import public_page
from cms.remarks import holding, limits, operations, places, telling
from cms.remarks.errors import OnHold, RemarkNotFound
from cms.remarks.forms import LONGEST_CONTACT, RemarkForm
from cms.remarks.models import Kind, Remark
from cms.remarks.numbers import read_number
from lenguas.normalise import clean

LONGEST_NUMBER = 40  # characters, however it is written


def page_locale() -> str:
    return "qu" if get_language() == "qu" else "es"


@public_page
def choose(request: HttpRequest) -> HttpResponse:
    """Which of the three; `?sobre=` is carried on."""
    about = places.known(clean(request.GET.get("sobre", ""))[:100])
    context = {"kinds": telling.kinds(), "about": about, "about_name": places.name(about)}
    return render(request, "remarks/choose.html", context)


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in Kind.values:
        raise Http404("no such kind")
    if request.method != "POST":
        about = places.known(clean(request.GET.get("sobre", ""))[:100])
        return _form(request, RemarkForm(kind, initial={"about": about}))
    form = RemarkForm(kind, request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        limits.count_remark(request)
    except Refusal as refusal:
        return _form(request, form, status=refusal.status, refusal=refusal)
    linked = current_conversation(request) if request.POST.get("linked") == "1" else None
    given = form.given(page_locale(), request.POST.get("client_id", ""), linked)
    response = HttpResponseRedirect(f"/{page_locale()}/reclamos/mio/")
    holding.hold(response, operations.receive(given=given))
    return response


def _form(
    request: HttpRequest, form: RemarkForm, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "words": telling.words(form.kind),
        "told": telling.before(form.kind),
        "groups": places.groups(),
        "most": operations.MOST_CHARACTERS,
        "client_id": uuid4().hex,
        "conversation": current_conversation(request),
        "linked": request.POST.get("linked") == "1",
        "problem": _too_many(refusal) if refusal else "",
    }
    response = render(request, "remarks/write.html", context, status=status)
    return _with_wait(response, refusal)


def _too_many(refusal: Refusal) -> str:
    minutes = ceil((refusal.retry_after_seconds or 60) / 60)
    return _("Hubo demasiados intentos. Espera {minutos} min y vuelve a intentar, o llama al 1800.").format(
        minutos=minutes
    )


def _with_wait(response: HttpResponse, refusal: Refusal | None) -> HttpResponse:
    if refusal is not None and refusal.retry_after_seconds:
        response["Retry-After"] = str(refusal.retry_after_seconds)
    return response


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """By number and contact. What is wrong is not told: the number, the contact or both."""
    if request.method != "POST":
        return _look_up_page(request)
    number = read_number(clean(request.POST.get("number", "")[:LONGEST_NUMBER]))
    try:
        limits.count_look(request)
        found = _found(request, number)
    except Refusal as refusal:
        response = _look_up_page(request, _too_many(refusal), refusal.status)
        return _with_wait(response, refusal)
    except RemarkNotFound:
        problem = _("No encontramos ninguno con ese número y ese teléfono o correo. Revisa los dos.")
        return _look_up_page(request, problem, 404)
    response = HttpResponseRedirect(f"/{page_locale()}/reclamos/mio/")
    holding.hold(response, found)
    return response


def _found(request: HttpRequest, number: str) -> Remark:
    """Raises RemarkNotFound, Refusal."""
    contact = _contact(request)
    limits.refuse_guessing(request, number, contact)
    try:
        if contact is None:
            raise RemarkNotFound("no such contact")
        return operations.find(number=number, contact=contact)
    except RemarkNotFound:
        limits.count_miss(request, number, contact)
        raise


def _contact(request: HttpRequest) -> Contact | None:
    try:
        return read_contact(request.POST.get("contact", "")[:LONGEST_CONTACT])
    except InvalidContact:
        return None


def _look_up_page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "problem": problem,
        "number": request.POST.get("number", "")[:LONGEST_NUMBER],
        "contact": request.POST.get("contact", "")[:LONGEST_CONTACT],
        "erased": request.GET.get("borrado") == "1",
    }
    return render(request, "remarks/look_up.html", context, status=status)


@never_cache
@ensure_csrf_cookie
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The one this browser has just sent or looked up: its number, how it stands, the answer."""
    remark = holding.held(request)
    if remark is None:
        return HttpResponseRedirect(f"/{page_locale()}/reclamos/estado/")
    return _mine_page(request, remark)


def _mine_page(request: HttpRequest, remark: Remark, problem: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "remark": remark,
        "words": telling.words(remark.kind),
        "standing": telling.standing(remark),
        "after": telling.after(remark),
        "about_name": places.name(remark.about),
        "answered_on": remark.answered_at and remark.answered_at.astimezone(LIMA).date(),
        "problem": problem,
    }
    return render(request, "remarks/mine.html", context, status=status)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Takes it off this browser; it can be looked up again."""
    response = HttpResponseRedirect(f"/{page_locale()}/reclamos/")
    holding.let_go(response)
    return response


@never_cache
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Deletes it with all that was said of who wrote it; one that is kept by order stays, and that is said."""
    remark = holding.held(request)
    if remark is None:
        return HttpResponseRedirect(f"/{page_locale()}/reclamos/estado/")
    try:
        operations.erase_for_citizen(remark=remark)
    except OnHold:
        kept = _("Por orden de una autoridad esto se guarda y no se puede borrar ahora. Pregunta al 1800.")
        return _mine_page(request, remark, kept, 409)
    response = HttpResponseRedirect(f"/{page_locale()}/reclamos/estado/?borrado=1")
    holding.let_go(response)
    return response
