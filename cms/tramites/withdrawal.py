"""Taking a ficha from the public, and bringing it back: asked for by one person with a reason, decided by another.

The old address then says what happened; search and the assistant forget it at once, as they follow the feed of
changes. What was public comes back exactly as it was, as a new version.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.tramites import applying
from cms.tramites.locking import hold_fichas
from cms.tramites.models import Estado, Pedido, Tramite
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import ficha_of
from cms.tramites.rights import can_approve_entidad, can_edit_entidad, can_review_entidad
from cms.tramites.workflow import PublicationRefused

LONGEST_REASON = 600
Tipo, State = Pedido.Tipo, Pedido.Estado


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for one ficha, as a person fills it in; `replaced_by` is the code of a public ficha or empty."""

    codigo: str
    tipo: Pedido.Tipo
    why: str
    norm: str = ""
    replaced_by: str = ""


@transaction.atomic
def ask(request: Request, *, by: User) -> Pedido:
    """Writes the request down; raises PublicationRefused, with what to do, where it makes no sense."""
    tramite = Tramite.objects.select_related("entidad", "version").filter(codigo=request.codigo).first()
    if tramite is None or tramite.version is None:
        raise PublicationRefused("Esta ficha nunca fue pública: si sobra, bórrala.")
    if not can_edit_entidad(by, tramite.entidad.codigo):
        raise PermissionDenied
    _check_sense(tramite, request)
    pedido = Pedido(
        tramite=tramite,
        tipo=request.tipo,
        motivo=request.why.strip(),
        norma=request.norm.strip(),
        reemplazo=_replacement(tramite, request.replaced_by),
        pedido_by=by,
    )
    try:
        with transaction.atomic():
            pedido.save()
    except IntegrityError as error:
        raise PublicationRefused("Ya hay un pedido sobre esta ficha que espera respuesta.") from error
    record(
        f"tramite.{request.tipo}_asked",
        tramite.codigo,
        by=by,
        why=pedido.motivo,
        replaced_by=request.replaced_by,
    )
    return pedido


def _check_sense(tramite: Tramite, request: Request) -> None:
    if not request.why.strip():
        raise PublicationRefused("Di el motivo: es lo que leerá la ciudadanía en la dirección de la ficha.")
    if len(request.why) > LONGEST_REASON:
        raise PublicationRefused(f"El motivo es demasiado largo: {LONGEST_REASON} caracteres como máximo.")
    public = tramite.estado == Estado.PUBLICADO
    if request.tipo == Tipo.RETIRAR and not public:
        raise PublicationRefused("Esta ficha ya está retirada.")
    if request.tipo == Tipo.RESTITUIR and public:
        raise PublicationRefused("Esta ficha está publicada: no hay nada que restituir.")


def _replacement(tramite: Tramite, codigo: str) -> Tramite | None:
    if not codigo:
        return None
    found = Tramite.objects.public().filter(codigo=codigo).first()
    if found is None or found == tramite:
        raise PublicationRefused(
            "El reemplazo es otra ficha, y publicada: búscala por su nombre o su código."
        )
    return found


@transaction.atomic
def approve(pedido: Pedido, *, by: User, note: str = "") -> None:
    """Does what was asked for; raises PublicationRefused for whoever asked, and where it no longer makes sense."""
    # The replacement too: the row that names it is checked against it at the end, when its publication may hold it.
    hold_fichas([held.codigo for held in (pedido.tramite, pedido.reemplazo) if held])
    pedido.tramite.refresh_from_db()
    _close(pedido, State.APROBADO, by, note)
    request = Request(pedido.tramite.codigo, Tipo(pedido.tipo), pedido.motivo, pedido.norma)
    _check_sense(pedido.tramite, request)
    if pedido.reemplazo:
        _replacement(pedido.tramite, pedido.reemplazo.codigo)
    if pedido.tipo == Tipo.RETIRAR:
        _take_away(pedido, by)
    else:
        _bring_back(pedido, by)


@transaction.atomic
def reject(pedido: Pedido, *, by: User, note: str) -> None:
    """Leaves things as they are; who asked may call the request off this way too."""
    if not note.strip() and by.pk != pedido.pedido_by_id:
        raise PublicationRefused("Di por qué no: lo lee quien lo pidió.")
    _close(pedido, State.RECHAZADO if by.pk != pedido.pedido_by_id else State.ANULADO, by, note)


def may_decide(pedido: Pedido, user: User) -> bool:
    """Whether `user` may say yes: a right to publish there, and not their own request."""
    return user.pk != pedido.pedido_by_id and can_approve_entidad(user, pedido.tramite.entidad.codigo)


def _close(pedido: Pedido, state: Pedido.Estado, by: User, note: str) -> None:
    """Compare-and-set: of two people who answer at once, one does."""
    own = by.pk == pedido.pedido_by_id
    if own and state == State.APROBADO:
        raise PublicationRefused("Tú lo pediste: lo decide otra persona.")
    if not own and not _may_answer(pedido, by, state):
        raise PermissionDenied
    waiting = Pedido.objects.filter(pk=pedido.pk, estado=State.PENDIENTE)
    if not waiting.update(estado=state, decidido_by=by, decidido_at=timezone.now(), respuesta=note.strip()):
        raise PublicationRefused("Este pedido ya tiene respuesta.")
    record(f"tramite.{pedido.tipo}_{state}", pedido.tramite.codigo, by=by, why=note or pedido.motivo)


def _may_answer(pedido: Pedido, by: User, state: Pedido.Estado) -> bool:
    codigo = pedido.tramite.entidad.codigo
    return can_approve_entidad(by, codigo) or (state == State.RECHAZADO and can_review_entidad(by, codigo))


def _take_away(pedido: Pedido, by: User) -> None:
    replacement = pedido.reemplazo.codigo if pedido.reemplazo else ""
    withdraw(pedido.tramite.codigo, by=by, why=_reason(pedido), replaced_by=replacement)
    pages = applying.take_down([pedido.tramite.codigo], by=by)
    transaction.on_commit(lambda: applying.refresh(pages))


def _reason(pedido: Pedido) -> str:
    return f"{pedido.motivo} ({pedido.norma})" if pedido.norma else pedido.motivo


def _bring_back(pedido: Pedido, by: User) -> None:
    """The page says what was public last; drafts begun meanwhile stay in its history."""
    assert pedido.tramite.version is not None  # `ask` refuses what was never public
    ficha = ficha_of(pedido.tramite.version)
    writings = applying.prepare([ficha], lambda _codigo, accepted: accepted)
    applying.write(writings, by=by)
    publish_ficha(ficha, by=by, note=pedido.motivo, norm=pedido.norma)
    pages = [writing.page for writing in writings]
    transaction.on_commit(lambda: applying.refresh(pages))
