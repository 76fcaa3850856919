"""The editors' screens: the recordings there are, and reading one part of a ficha aloud."""

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from cms.accounts.models import User
from cms.narration import operations
from cms.narration.keeping import Audio
from cms.narration.models import Recording
from cms.narration.operations import NotAllowed
from cms.narration.recordings import PERSON
from cms.narration.rights import may_upload, why_not_accept
from cms.narration.serving import sound
from cms.narration.told import PARTS, WHOLE, told
from cms.narration.uploads import MOST_BYTES, NotHeard
from cms.tramites.labels import aspect_title
from cms.tramites.middleware import keeps_its_own
from cms.tramites.queries import Published, TramiteNotFound, published
from cms.tramites.schema import Aspecto

LIST = "narration_admin:list"
TITLE = "Voces grabadas"


def part_title(part: str) -> str:
    return "Toda la ficha" if part == WHOLE else aspect_title(Aspecto(part), "es")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those nobody hears because the text changed come first."""
    rows = Recording.objects.defer("mp3").select_related("by", "accepted_by")
    rows = rows.order_by(F("stale_at").asc(nulls_last=True), F("accepted_at").asc(nulls_first=True), "codigo")
    context = {
        "header_title": TITLE,
        "header_icon": "media",
        "breadcrumbs_items": [{"url": reverse(LIST), "label": TITLE}],
        "rows": [(row, part_title(row.part)) for row in rows],
    }
    return TemplateResponse(request, "narration/listing.html", context)


@keeps_its_own
@require_http_methods(["GET", "HEAD", "POST"])
def ficha(request: HttpRequest, codigo: str) -> HttpResponse:
    """The text to be read, and the place for its recording."""
    current, user = _current(codigo), _user(request)
    if not may_upload(user, codigo):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    part, locale = given.get("parte", WHOLE), given.get("idioma", "qu")
    if part not in PARTS or locale not in ("es", "qu"):
        raise Http404("no such part")
    if request.method == "POST" and _upload(request, current, part, locale):
        return HttpResponseRedirect(f"{request.path}?parte={part}&idioma={locale}")
    found = Recording.objects.defer("mp3").filter(codigo=codigo, part=part, locale=locale)
    waiting_first = found.order_by(F("accepted_at").asc(nulls_first=True))
    context = {
        "header_title": f"{TITLE}: {current.ficha.name('es')}",
        "header_icon": "media",
        "breadcrumbs_items": [{"url": reverse(LIST), "label": TITLE}, {"url": "", "label": current.codigo}],
        "codigo": codigo,
        "part": part,
        "language": locale,
        "parts": [(name, part_title(name)) for name in PARTS],
        "lines": told(current, part, locale),
        "recordings": [(row, why_not_accept(user, row)) for row in waiting_first],
    }
    return TemplateResponse(request, "narration/ficha.html", context)


def _upload(request: HttpRequest, current: Published, part: str, locale: str) -> bool:
    file = request.FILES.get("archivo")
    if file is None or (file.size or 0) > MOST_BYTES:
        messages.error(request, "Elige el archivo de la grabación: MP3 o WAV.")
        return False
    try:
        operations.upload(current=current, part=part, locale=locale, data=file.read(), by=_user(request))
    except NotHeard as error:
        messages.error(request, str(error))
        return False
    messages.success(request, "Guardada. Se escuchará cuando otra persona la acepte.")
    return True


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepting or removing one."""
    recording, user = get_object_or_404(Recording, pk=pk), _user(request)
    try:
        if request.POST.get("que") == "aceptar":
            operations.accept(recording=recording, by=user)
            messages.success(request, "Aceptada: ya se escucha.")
        elif may_upload(user, recording.codigo) or not why_not_accept(user, recording):
            operations.remove(recording=recording, by=user)
            messages.success(request, "Quitada.")
        else:
            raise PermissionDenied
    except NotAllowed as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse(LIST))


@require_safe
def hear(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever is to accept it."""
    found = get_object_or_404(Recording, pk=pk)
    audio = Audio(found.digest, bytes(found.mp3), found.seconds, (), PERSON)
    return sound(request, audio, "private, no-store")


def _current(codigo: str) -> Published:
    try:
        return published(codigo)
    except TramiteNotFound as error:
        raise Http404(codigo) from error


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
