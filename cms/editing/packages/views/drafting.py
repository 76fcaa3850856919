"""Making a package: its head, its sheet and the sheet's columns, what is taken in by hand, and warnings accepted."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin import messages

from cms.editing.packages import operations
from cms.editing.packages.counting import counted
from cms.editing.packages.errors import PackageError
from cms.editing.packages.forms import AnswersForm, ColumnsForm, HeadForm, NewForm, SheetForm
from cms.editing.packages.models import Estado, Origen, Paquete
from cms.editing.packages.operations.reading import (
    ColumnsUnknownError,
    asked_columns,
    keep_sheet,
    read_kept,
    remember,
)
from cms.editing.packages.operations.reading import answer as say_answers
from cms.editing.packages.queries import drafts_for
from cms.editing.packages.sheet_checks import asked
from cms.editing.packages.views.steps import package_of, shown, step, tell, user_of
from cms.tramites.middleware import keeps_its_own
from cms.tramites.models import FichaPage
from cms.tramites.rights import can_edit_entidad, entidades_de


@keeps_its_own
def new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    entities = entidades_de(user)
    if not entities.exists():
        raise PermissionDenied
    form = NewForm(request.POST or None, request.FILES or None, entidades=entities)
    if request.method == "POST" and form.is_valid():
        package = _made(request, form)
        if package is not None:
            return _read(request, package) if package.hoja else shown(package)
    return _form(request, form, "Paquete nuevo", "Crear el paquete")


def _made(request: HttpRequest, form: NewForm) -> Paquete | None:
    """None where a file was refused: then there is no package either, and the form says why."""
    user, data = user_of(request), form.cleaned_data
    origen = Origen.HOJA if data["hoja"] else Origen.MANUAL
    try:
        with transaction.atomic():
            package = operations.create(**form.head(), entidad=data["entidad"], by=user, origen=origen)
            if data["resolucion"]:
                operations.attach_resolution(package, data["resolucion"], by=user)
            if data["hoja"]:
                keep_sheet(package, data["hoja"], by=user)
    except PackageError as refused:
        form.add_error(None, refused.message)
        return None
    return Paquete.objects.select_related("entidad").get(pk=package.pk)


@keeps_its_own
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    package = package_of(request, pk)
    if package.estado != Estado.BORRADOR:
        return shown(package)
    form = HeadForm(request.POST or None, request.FILES or None, initial=HeadForm.initial_of(package))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                operations.edit(package, by=user_of(request), **form.head())
                if form.cleaned_data["resolucion"]:
                    operations.attach_resolution(
                        package, form.cleaned_data["resolucion"], by=user_of(request)
                    )
            return shown(package)
        except PackageError as refused:
            form.add_error(None, refused.message)
    return _form(request, form, f"Datos de «{package.titulo}»", "Guardar")


@step
def sheet(request: HttpRequest, package: Paquete) -> HttpResponse | None:
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        raise PackageError("Elige primero el archivo de la hoja.")
    return _read(request, keep_sheet(package, form.cleaned_data["hoja"], by=user_of(request)))


def _read(request: HttpRequest, package: Paquete) -> HttpResponse:
    try:
        report = read_kept(package, by=user_of(request))
    except ColumnsUnknownError:
        return HttpResponseRedirect(reverse("packages:columns", args=[package.pk]))
    except PackageError as refused:
        tell(request, refused)
        return shown(package)
    if report.ok:
        messages.success(
            request,
            f"La hoja se leyó: {counted(len(report.proposals), 'ficha', 'fichas')}. Todavía no se publicó nada.",
        )
    else:
        messages.error(
            request,
            "La hoja tiene errores, fila por fila abajo. Corrígela y vuelve a subirla: no se publicó nada.",
        )
    return shown(package)


@step
def answer(request: HttpRequest, package: Paquete) -> HttpResponse | None:
    form = AnswersForm(request.POST, asked=asked(package), given=package.respuestas)
    if not form.is_valid():
        raise PackageError("No se guardó: revisa lo que elegiste y que cada nombre tenga hasta 300 letras.")
    say_answers(package, by=user_of(request), **form.said())
    return _read(request, package)


@keeps_its_own
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    package = package_of(request, pk)
    if package.estado != Estado.BORRADOR or not package.hoja:
        return shown(package)
    report, suggested = asked_columns(package)
    if not report.headers:
        return shown(package)
    form = ColumnsForm(request.POST or None, headers=report.headers, suggested=suggested, seen=report.seen)
    if request.method == "POST" and form.is_valid():
        try:
            remember(package, form.columns(), by=user_of(request))
        except PackageError as refused:
            tell(request, refused)
            return shown(package)
        return _read(request, package)
    context = {
        "package": package,
        "form": form,
        "page_title": "Columnas de la hoja",
        "page_subtitle": package.entidad.corto,
        "header_icon": "list-ul",
    }
    return TemplateResponse(request, "packages/columns.html", context)


@step
def remove(request: HttpRequest, package: Paquete) -> None:
    codes = request.POST.getlist("codigo")
    operations.remove(package, codes, by=user_of(request))
    messages.success(request, f"Fuera del paquete: {', '.join(codes)}. La ficha publicada no cambia.")


@step
def accept(request: HttpRequest, package: Paquete) -> None:
    count = operations.accept(
        package,
        by=user_of(request),
        why=request.POST.get("porque", ""),
        codigo=request.POST.get("codigo", ""),
        finding=request.POST.get("aviso", ""),
    )
    messages.success(request, f"Avisos aceptados: {count}.")


@step
def clear_doubt(request: HttpRequest, package: Paquete) -> None:
    codigo, aspecto = request.POST.get("codigo", ""), request.POST.get("aspecto", "")
    operations.clear_doubt(package, codigo=codigo, aspecto=aspecto, by=user_of(request))
    messages.success(request, f"Se quita la duda de {codigo}: ya no se dirá junto al dato nuevo.")


@step
def compare(request: HttpRequest, package: Paquete) -> None:
    changed = operations.compare_again(package, by=user_of(request))
    said = (
        f"Comparado de nuevo: {', '.join(changed)}. Lee otra vez el informe."
        if changed
        else "Nada había cambiado."
    )
    messages.success(request, said)


@keeps_its_own
def add_draft(request: HttpRequest, page_id: int) -> HttpResponse:
    """From a ficha's editor: takes its latest draft into a package of its entity, or into a new one."""
    page = get_object_or_404(FichaPage, pk=page_id)
    entity = page.get_parent().specific.entidad
    user = user_of(request)
    if not can_edit_entidad(user, entity.codigo):
        raise PermissionDenied
    packages = drafts_for(user, entity.codigo)
    if request.method == "POST":
        chosen = packages.filter(pk=request.POST.get("paquete") or 0).first() if _number(request) else None
        title = request.POST.get("titulo", "").strip()
        try:
            taken = operations.read_draft(page)
            with transaction.atomic():
                if chosen is None:
                    chosen = operations.create(titulo=_title(title), entidad=entity, by=user)
                operations.add_draft(chosen, page, by=user, taken=taken)
            messages.success(
                request, f"El borrador de {page.codigo} está en el paquete. Todavía no se publicó nada."
            )
            return shown(chosen)
        except PackageError as refused:
            tell(request, refused)
    context = {
        "page": page,
        "packages": packages,
        "page_title": "Añadir al paquete",
        "page_subtitle": page.title,
        "header_icon": "folder-open-inverse",
    }
    return TemplateResponse(request, "packages/add_draft.html", context)


def _number(request: HttpRequest) -> bool:
    return re.fullmatch("[0-9]{1,12}", request.POST.get("paquete", "")) is not None


def _title(given: str) -> str:
    if not given:
        raise PackageError("Elige un paquete, o escribe el título de uno nuevo.")
    return given


def _form(request: HttpRequest, form: Any, title: str, button: str) -> HttpResponse:
    context = {"form": form, "page_title": title, "button": button, "header_icon": "folder-open-inverse"}
    return TemplateResponse(request, "packages/form.html", context)
