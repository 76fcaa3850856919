"""The editors' screens: rounds, a new one, and how one stands."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.accounts.models import User
from cms.directory.hours import LIMA
from cms.directory.models import Entidad
from cms.editing.confirmation import operations
from cms.editing.confirmation.forms import CleanCharField
from cms.editing.confirmation.models import OPEN_STATES, Ronda
from cms.editing.confirmation.queries import FILTERS, accounts_of, rounds_of
from cms.editing.inputs import DateInput
from cms.tramites.models import Tramite
from cms.tramites.rights import entidades_de

PER_PAGE = 50
LIST = "confirmation:rounds"


class NewRoundForm(forms.Form):
    fichas = forms.MultipleChoiceField(
        label="Fichas que se le preguntan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elige al menos una ficha."},
    )
    contacto = CleanCharField(label="Nombre del contacto", max_length=120, min_length=3)
    correo = forms.EmailField(label="Correo del contacto")
    vence = forms.DateField(label="Puede responder hasta", widget=DateInput)
    mensaje = CleanCharField(
        label="Mensaje (si quieres)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Va en el correo y en la página, antes de las fichas.",
    )

    def __init__(self, entidad: Entidad, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        public = Tramite.objects.public().filter(entidad=entidad).values_list("codigo", "nombre")
        self.fields["fichas"].choices = list(public)  # type: ignore[attr-defined]
        self.fields["vence"].initial = default_deadline()

    def clean_contacto(self) -> str:
        return " ".join(str(self.cleaned_data["contacto"]).split())


class ResendForm(forms.Form):
    correo = forms.EmailField(label="Correo del contacto")
    vence = forms.DateField(label="Puede responder hasta", widget=DateInput)


class ReasonForm(forms.Form):
    texto = CleanCharField(max_length=2000, min_length=3)


def default_deadline() -> date:
    return datetime.now(LIMA).date() + timedelta(days=operations.DEFAULT_DAYS)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": "Inicio"},
        {"url": reverse(LIST), "label": "Confirmaciones"},
        *more,
    ]


def rounds(request: HttpRequest) -> HttpResponse:
    kind, entidad = request.GET.get("estado", ""), request.GET.get("entidad", "")[:100]
    found = rounds_of(_user(request), kind, entidad)
    context = {
        "header_title": "Confirmaciones",
        "header_icon": "mail",
        "breadcrumbs_items": _crumbs(),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "filters": FILTERS,
        "kind": kind,
        "entidad": entidad,
        "entidades": entidades_de(_user(request)).filter(rondas__isnull=False).distinct(),
    }
    return TemplateResponse(request, "confirmation/admin/rounds.html", context)


def new_round(request: HttpRequest) -> HttpResponse:
    """First the entity, then its fichas and its contact; an editor is offered the entities they write for."""
    allowed = entidades_de(_user(request)).filter(tramites__estado="publicado").distinct()
    codigo = request.GET.get("ficha", "")[:200]
    wanted = Tramite.objects.public().filter(codigo=codigo).values_list("entidad__codigo", flat=True).first()
    entidad = allowed.filter(codigo=wanted or request.GET.get("entidad", "")[:100]).first()
    form = None
    if entidad is not None:
        initial = {"fichas": [codigo] if codigo else [], "vence": default_deadline()}
        form = NewRoundForm(entidad, request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            ronda = _started(request, entidad, form)
            if ronda is not None:
                return HttpResponseRedirect(reverse("confirmation:round", args=[ronda.pk]))
    context = {
        "header_title": "Nueva ronda de confirmación",
        "header_icon": "mail",
        "breadcrumbs_items": _crumbs({"url": "", "label": "Nueva ronda"}),
        "entidades": allowed,
        "entidad": entidad,
        "form": form,
    }
    return TemplateResponse(request, "confirmation/admin/new.html", context)


def _started(request: HttpRequest, entidad: Entidad, form: NewRoundForm) -> Ronda | None:
    said = form.cleaned_data
    try:
        ronda = operations.start(
            entidad=entidad,
            codigos=said["fichas"],
            contact=operations.Contact(said["contacto"], said["correo"]),
            mensaje=said["mensaje"],
            vence=said["vence"],
            by=_user(request),
        )
    except operations.RoundRefused as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, "La ronda empezó: el correo sale en un momento.")
    _warn_of_own(request, ronda.correo)
    return ronda


OWN_ADDRESS = "Ese correo es de una cuenta de este sistema, no de la entidad: quien la tiene no podrá aprobar las respuestas."


def _warn_of_own(request: HttpRequest, correo: str) -> None:
    if accounts_of(correo).exists():
        messages.warning(request, OWN_ADDRESS)


def _round(request: HttpRequest, pk: int) -> Ronda:
    ronda = get_object_or_404(Ronda.objects.select_related("entidad", "by"), pk=pk)
    if not entidades_de(_user(request)).filter(pk=ronda.entidad_id).exists():
        raise PermissionDenied
    return ronda


def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    ronda = _round(request, pk)
    context = {
        "header_title": f"Ronda {ronda.pk}: {ronda.entidad.corto}",
        "header_icon": "mail",
        "breadcrumbs_items": _crumbs({"url": "", "label": f"Ronda {ronda.pk}"}),
        "ronda": ronda,
        "own_address": OWN_ADDRESS if accounts_of(ronda.correo).exists() else "",
        "is_open": ronda.estado in OPEN_STATES,
        "fichas": _fichas(ronda),
        "respuestas": ronda.respuestas.order_by("codigo", "id"),
        "cartas": ronda.cartas.all(),
        "paquete_url": _package_url(ronda),
        "resend": ResendForm(initial={"correo": ronda.correo, "vence": default_deadline()}),
        "mail_files": settings.EMAIL_FILE_PATH if "filebased" in settings.EMAIL_BACKEND else "",
    }
    return TemplateResponse(request, "confirmation/admin/round.html", context)


def _fichas(ronda: Ronda) -> list[tuple[str, str]]:
    codes = [row.codigo for row in ronda.fichas.all()]
    names = dict(Tramite.objects.filter(codigo__in=codes).values_list("codigo", "nombre"))
    return [(code, names.get(code, code)) for code in codes]


def _package_url(ronda: Ronda) -> str:
    if ronda.paquete is None:
        return ""
    try:
        return reverse("packages:detail", args=[ronda.paquete])
    except NoReverseMatch:
        return ""


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    ronda, form = _round(request, pk), ResendForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, refused="Revisa el correo y la fecha.")
    try:
        operations.resend(
            ronda=ronda,
            correo=form.cleaned_data["correo"],
            vence=form.cleaned_data["vence"],
            by=_user(request),
        )
    except operations.RoundRefused as error:
        return _back(request, pk, refused=str(error))
    _warn_of_own(request, form.cleaned_data["correo"])
    return _back(request, pk, said="Sale un correo con un enlace nuevo; los anteriores ya no valen.")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    ronda, form = _round(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, refused="Di por qué se anula.")
    try:
        operations.revoke(ronda=ronda, why=form.cleaned_data["texto"], by=_user(request))
    except operations.RoundRefused as error:
        return _back(request, pk, refused=str(error))
    return _back(request, pk, said="La ronda está anulada: el enlace ya no lleva a nada.")


@require_POST
def bounced(request: HttpRequest, pk: int) -> HttpResponse:
    ronda, form = _round(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, refused="Pega lo que dice el aviso de rebote.")
    operations.note_bounce(ronda=ronda, texto=form.cleaned_data["texto"], by=_user(request))
    return _back(request, pk, said="Queda anotado que el correo rebotó.")


def _back(request: HttpRequest, pk: int, *, said: str = "", refused: str = "") -> HttpResponse:
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("confirmation:round", args=[pk]))
