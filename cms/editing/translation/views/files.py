"""Translations as PO files: out, and in again after a look at what would change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cms.directory.models import Entidad
from cms.editing.translation import applying, exporting, importing, sources
from cms.editing.translation.models import Importacion
from cms.editing.translation.rights import entities_of
from cms.editing.translation.views.access import may, signed_in, translators_only
from cms.tramites.middleware import keeps_its_own
from cms.tramites.models import Palabra

KINDS = (
    ("nueva", "Nuevas"),
    ("al_dia", "Se ponen al día"),
    ("cambia", "Cambian"),
    ("borrador", "Borradores (dudosas)"),
    ("igual", "Sin cambio"),
    ("atrasada", "Siguen desactualizadas"),
    ("vacia", "Sin traducir"),
    ("rechazada", "Rechazadas"),
)


@require_GET
@translators_only
def export(request: HttpRequest) -> HttpResponse:
    """One ficha (`codigo`), one entity (`entidad`), or all that may be translated."""
    codigo, entidad = request.GET.get("codigo", ""), request.GET.get("entidad", "")
    codes = _asked_for(request, codigo, entidad)
    name = f"{codigo or entidad or 'fichas'}-{timezone.localdate():%Y-%m-%d}.po"
    return HttpResponse(
        exporting.export(codes),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _asked_for(request: HttpRequest, codigo: str, entidad: str) -> list[str]:
    if codigo:
        home = sources.entity_of(codigo)
        if home is None:
            raise Http404
        may(request, home.codigo)
        return [codigo]
    if entidad:
        get_object_or_404(Entidad, codigo=entidad)
        may(request, entidad)
        return exporting.codes(entidad)
    mine = entities_of(request.user)
    return (
        exporting.codes() if mine is None else [code for one in sorted(mine) for code in exporting.codes(one)]
    )


class UploadForm(forms.Form):
    archivo = forms.FileField(label="Archivo PO", help_text="Hasta 20 MB, en UTF-8.", max_length=200)
    variedad = forms.ChoiceField(label="Variedad del quechua", choices=Palabra.VARIEDADES)

    def clean_archivo(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["archivo"]
        if (file.size or 0) > importing.MAX_BYTES:
            raise forms.ValidationError("El archivo pesa más de 20 MB: divídelo por entidad.")
        return file


@keeps_its_own
@require_http_methods(["GET", "POST"])
@translators_only
def upload(request: HttpRequest) -> HttpResponse:
    """Reads a file and shows what it would change; only the report is kept. While it reads, nobody waits for it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, variedad = form.cleaned_data["archivo"], form.cleaned_data["variedad"]
        try:
            found = importing.read(file.read(), by=signed_in(request), variedad=variedad)
        except importing.BadFile as error:
            form.add_error("archivo", str(error))
        else:
            kept = Importacion.objects.create(
                archivo=file.name, variedad=variedad, entradas=found.entradas, informe=found.informe(), by=signed_in(request)
            )  # fmt: skip
            return HttpResponseRedirect(reverse("translation:report", args=[kept.pk]))
    latest = Importacion.objects.filter(by=signed_in(request)).defer("entradas", "informe")[:10]
    context = {"form": form, "ultimas": latest, **_head("Importar traducciones")}
    return render(request, "translation/upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@translators_only
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would change; writes it, or forgets it, when the one who brought it says so."""
    kept = get_object_or_404(Importacion, pk=pk)
    user = signed_in(request)
    if kept.by_id != user.pk:
        raise PermissionDenied
    if request.method == "POST":
        _decide(request, kept)
        return HttpResponseRedirect(reverse("translation:report", args=[pk]))
    counts = kept.informe.get("cuentas", {})
    context: dict[str, Any] = {
        "importacion": kept,
        "cuentas": [(label, counts.get(kind, 0)) for kind, label in KINDS],
        "pendiente": kept.estado == Importacion.Estado.PENDIENTE,
        "dejadas": kept.hechas - kept.escritas,
        "escribibles": len(kept.entradas),
        **_head(kept.archivo),
    }
    return render(request, "translation/report.html", context)


def _decide(request: HttpRequest, kept: Importacion) -> None:
    try:
        if request.POST.get("accion") == "aplicar":
            if kept.informe.get("con_avisos") and request.POST.get("avisos") != "leidos":
                messages.error(request, "Lee los avisos y marca que los revisaste: sin eso no se guarda.")
                return
            applying.confirm(kept, by=signed_in(request))
            messages.success(request, "Se está guardando. Puedes seguir trabajando.")
        elif request.POST.get("accion") == "descartar":
            applying.discard(kept, by=signed_in(request))
            messages.success(request, "Se descartó. No se escribió nada.")
    except applying.AlreadyDecided:
        messages.error(request, "Esta importación ya se aplicó o se descartó.")


def _head(title: str) -> dict[str, Any]:
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Inicio"},
            {"url": reverse("translation:index"), "label": "Traducción"},
            {"url": "", "label": title},
        ],
    }
