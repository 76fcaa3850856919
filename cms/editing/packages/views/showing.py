"""The list, a package with its report, its acta, and its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.widgets.button import HeaderButton

from cms.accounts.models import User
from cms.editing.packages import actas
from cms.editing.packages.bases import stale
from cms.editing.packages.counting import errors, warnings
from cms.editing.packages.following import followers
from cms.editing.packages.forms import AnswersForm, ForceForm, SearchForm, SheetForm
from cms.editing.packages.models import SEALED, Estado, Paquete
from cms.editing.packages.operations.deciding import REOPENED, due, is_past, sheet_errors
from cms.editing.packages.operations.force import waits_for_a_look
from cms.editing.packages.queries import search, waiting_for_a_look
from cms.editing.packages.report import Report, as_csv, report
from cms.editing.packages.results import answered, results
from cms.editing.packages.rights import had_a_hand, visible, why_not_approver, why_not_undo
from cms.editing.packages.sheet_checks import asked
from cms.editing.packages.views.steps import package_of, user_of
from cms.editing.sheets import filled
from cms.tramites.models import FichaPage
from cms.tramites.queries import ficha_of, public_tramites
from cms.tramites.rights import can_approve_entidad, can_edit_entidad, entidades_de

PER_PAGE = 30
# While it can still go on, it is told of what changed behind it.
COMPARED = (Estado.BORRADOR, Estado.ENVIADO, Estado.APROBADO)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = SearchForm(request.GET, packages=visible(user))
    found = search(user, **form.cleaned_data) if form.is_valid() else visible(user).none()
    button = HeaderButton("Paquete nuevo", url=reverse("packages:new"), icon_name="plus")
    context = {
        "form": form,
        "packages": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "to_look_at": waiting_for_a_look(user),
        "page_title": "Paquetes TUPA",
        "header_icon": "folder-open-inverse",
        "header_buttons": [button] if entidades_de(user).exists() else [],
        "breadcrumbs_items": [{"url": "", "label": "Paquetes TUPA"}],
        "header_title": "Paquetes TUPA",
    }
    return TemplateResponse(request, "packages/index.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    package = package_of(request, pk)
    told = report(package)
    context = {
        "package": package,
        "report": told,
        "steps": actas.steps(package),
        "actas": package.actas.all(),
        "followers": _followers(package, told),
        "editors": _editors(package),
        "page_title": package.titulo,
        "page_subtitle": package.entidad.corto,
        "header_icon": "folder-open-inverse",
        **_may(request, package, told),
    }
    return TemplateResponse(request, "packages/show.html", context)


def _editors(package: Paquete) -> dict[str, str]:
    """Where each ficha of the package is edited, by its code; a new one has no page yet."""
    pages = FichaPage.objects.filter(codigo__in=package.partidas.values("codigo")).values_list("codigo", "pk")
    return {codigo: reverse("wagtailadmin_pages:edit", args=[pk]) for codigo, pk in pages}


def _followers(package: Paquete, told: Report) -> list[tuple[str, list[tuple[str, str, str]]]]:
    if package.estado not in SEALED:
        return []
    states = followers([ficha.item for ficha in told.fichas])
    return [(ficha.item.codigo, states.get(ficha.item.codigo, [])) for ficha in told.fichas]


def _may(request: HttpRequest, package: Paquete, told: Report) -> dict[str, Any]:
    """Which buttons the person sees; the operations ask again."""
    user, codigo = user_of(request), package.entidad.codigo
    edits, approves = can_edit_entidad(user, codigo), can_approve_entidad(user, codigo)
    sent, draft = package.estado == Estado.ENVIADO, package.estado == Estado.BORRADOR
    outdated = stale(ficha.item for ficha in told.fichas) if package.estado in COMPARED else []
    return {
        "may_edit": edits and draft,
        "may_reopen": edits and package.estado in REOPENED and (not sent or had_a_hand(user, package)),
        "may_decide": approves and sent,
        "refusal": _why_no_approval(package, told, outdated, user) if sent else "",
        "now": due(package, timezone.now()),
        "force_form": ForceForm(),
        "past": package.estado in COMPARED and is_past(package, timezone.now()),
        "may_stop": approves and package.estado == Estado.APROBADO,
        "may_undo": approves and package.estado == Estado.VIGENTE,
        "undo_refusal": why_not_undo(user, package) if approves and package.estado == Estado.VIGENTE else "",
        "to_look_at": waits_for_a_look(package),
        "may_look": approves and waits_for_a_look(package) and package.deshecho_por_id != user.pk,
        "may_retry": approves and package.estado in SEALED,
        "outdated": outdated,
        "missing": _missing(package, told) if draft else [],
        "sheet_errors": sheet_errors(package),
        "sheet_form": SheetForm(),
        "answers_form": AnswersForm(asked=asked(package), given=package.respuestas)
        if edits and draft
        else None,
        "answered": answered(package),
    }


def _why_no_approval(package: Paquete, told: Report, outdated: list[str], user: User) -> str:
    """Why there is no button to approve what was sent: it never goes away without a word."""
    if not can_approve_entidad(user, package.entidad.codigo):
        return f"Espera aprobación: la da otra persona, con derecho a publicar las fichas de {package.entidad.corto}."
    if reason := why_not_approver(user, package, results(package)):
        return reason
    if outdated:
        return "Así no se puede aprobar: una de sus fichas cambió después de compararla. Arriba dice cuál, quién y qué hacer."
    if told.errors or told.pending:
        return (
            f"No se puede aprobar: hoy tiene {errors(told.errors)} y {warnings(told.pending)} sin aceptar, abajo del "
            "nombre de cada ficha. Recházalo con el motivo, para que se corrija."
        )
    return ""


def _missing(package: Paquete, told: Report) -> list[str]:
    said = (
        (package.norma, "La norma que lo dispone."),
        (package.norma_fecha, "La fecha de publicación de la norma."),
        (package.nota, "La nota pública: qué cambia."),
        (told.fichas, "Alguna ficha que cambie, se retire o sea nueva."),
        (not sheet_errors(package), "Una hoja sin errores."),
        (not told.errors, f"Corregir {errors(told.errors)} de las fichas."),
        (not told.pending, f"Aceptar {warnings(told.pending)}, con su motivo."),
    )
    return [sentence for is_there, sentence in said if not is_there]


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    package = package_of(request, pk)
    text = "\ufeff" + as_csv(report(package))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="paquete-{package.pk}.csv"'
    return answer


@require_safe
def template(request: HttpRequest, codigo: str) -> HttpResponse:
    """The sheet to fill in, with what is public of the entity today: what is left as it is changes nothing."""
    if not can_edit_entidad(user_of(request), codigo):
        raise Http404
    rows = public_tramites().filter(entidad__codigo=codigo).order_by("codigo")
    book = filled([ficha_of(row.version) for row in rows if row.version], entidad=codigo)
    answer = HttpResponse(book, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="plantilla-{codigo}.xlsx"'
    return answer


@require_safe
def acta(request: HttpRequest, pk: int, tipo: str) -> HttpResponse:
    package = package_of(request, pk)
    kept = package.actas.filter(tipo=tipo).first()
    if kept is None:
        raise Http404
    context = {"package": package, "acta": kept, "told": kept.contenido}
    return TemplateResponse(request, "packages/acta.html", context)


@require_safe
def resolution(request: HttpRequest, pk: int) -> FileResponse:
    package = package_of(request, pk)
    stem = (package.resolucion_nombre or "resolucion").removesuffix(".pdf").removesuffix(".PDF")
    return _file(package.resolucion, f"{stem}.pdf", "application/pdf")


@require_safe
def sheet_file(request: HttpRequest, pk: int) -> FileResponse:
    package = package_of(request, pk)
    return _file(package.hoja, package.hoja_nombre or "hoja", "application/octet-stream")


def _file(field: Any, name: str, kind: str) -> FileResponse:
    """Never shown in the page, only given to be kept: what is in it is somebody else's."""
    if not field:
        raise Http404
    answer = FileResponse(field.open("rb"), as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
