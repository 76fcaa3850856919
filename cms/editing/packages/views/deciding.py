"""The buttons by which a package goes on, back, or is undone."""

from django.http import HttpRequest
from wagtail.admin import messages

from cms.editing.packages import operations
from cms.editing.packages.errors import PackageError
from cms.editing.packages.following import retry as try_again
from cms.editing.packages.forms import ForceForm
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.rights import must_approve
from cms.editing.packages.views.steps import step, user_of


@step
def submit(request: HttpRequest, package: Paquete) -> None:
    operations.submit(package, by=user_of(request))
    messages.success(request, "Enviado. Lo aprueba otra persona; hasta entonces no se publica nada.")


@step
def approve(request: HttpRequest, package: Paquete) -> None:
    operations.approve(
        package,
        as_shown=request.POST.get("sello", ""),
        by=user_of(request),
        other_date=_other_date(request),
    )
    # What took force did so after the approval was committed: it is read anew.
    now = Paquete.objects.get(pk=package.pk)
    if now.estado == Estado.VIGENTE:
        messages.success(request, "Aprobado y publicado: todas las fichas están en vigor.")
    elif now.estado == Estado.DETENIDO:
        messages.error(request, "Se detuvo y no se publicó nada: alguien cambió una ficha después.")
    else:
        messages.success(
            request, "Aprobado. Entrará en vigor en su fecha y hora, sin que nadie haga nada más."
        )


def _other_date(request: HttpRequest) -> operations.OtherDate | None:
    """None where it takes force as it was proposed."""
    chosen = request.POST.get("cuando", "")
    if chosen == "ya" or request.POST.get("ya") == "si":
        return operations.OtherDate(None)
    if chosen != "otra":
        return None
    form = ForceForm(request.POST)
    if not form.is_valid():
        wrong = tuple(str(line) for lines in form.errors.values() for line in lines)
        raise PackageError("No se aprobó nada: mira la fecha.", wrong)
    if form.cleaned_data["en_vigor_at"] is None:
        raise PackageError("No se aprobó nada: di el día en que entra en vigor.")
    return operations.OtherDate(form.cleaned_data["en_vigor_at"])


@step
def reject(request: HttpRequest, package: Paquete) -> None:
    operations.reject(package, by=user_of(request), why=request.POST.get("porque", ""))
    messages.success(request, "Rechazado. Quien lo preparó lee el motivo y puede corregirlo.")


@step
def stop(request: HttpRequest, package: Paquete) -> None:
    operations.stop(package, by=user_of(request), why=request.POST.get("porque", ""))
    messages.success(request, "Detenido: no entrará en vigor.")


@step
def reopen(request: HttpRequest, package: Paquete) -> None:
    operations.reopen(package, by=user_of(request))
    messages.success(request, "El paquete vuelve a ser un borrador.")


@step
def undo(request: HttpRequest, package: Paquete) -> None:
    operations.undo(package, by=user_of(request), why=request.POST.get("porque", ""))
    messages.success(request, "Deshecho: cada ficha volvió a lo que decía antes.")


@step
def look(request: HttpRequest, package: Paquete) -> None:
    operations.look_again(package, by=user_of(request), note=request.POST.get("porque", ""))
    messages.success(request, "Anotado: lo miraste tú después de quien lo deshizo.")


@step
def retry(request: HttpRequest, package: Paquete) -> None:
    must_approve(user_of(request), package.entidad.codigo)
    count = try_again(package.partidas.all(), by=user_of(request))
    messages.success(request, f"Se intentará de nuevo: {count}.")
