"""What a person decides of a candidate. Each decision is in the audit, without the citizen's words."""

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.editing.learning.covering import digest_of, is_personal, words_of
from cms.editing.learning.errors import Refused
from cms.editing.learning.exporting import export_soon
from cms.editing.learning.models import INTENTS, Candidato, Ejemplo, Vez
from cms.editing.learning.rights import can_teach, why_not_teach
from cms.tramites.models import FichaPage

MOST_OF_AN_INTENT = (
    300  # accepted examples beside the hundreds of the seed: more would teach a crowd's words only
)
_MARKUP = set("[]{}()<>|`\\")


@transaction.atomic
def accept_example(*, candidate_id: int, texto: str, nombre: str, intencion: str, by: User) -> Ejemplo:
    """Makes an example of a candidate, in the editor's wording. Raises Refused."""
    candidate = _pending(candidate_id, by)
    texto, nombre = _plain(texto), _plain(nombre)
    _check_text(texto)
    if nombre and nombre not in texto:
        raise Refused("Las palabras que nombran el trámite no están en el texto tal como las escribiste.")
    if reason := why_not_teach(by, candidate.idioma):
        raise Refused(reason)
    if intencion not in INTENTS:
        raise Refused("Elige qué se pregunta.")
    if Ejemplo.objects.filter(intencion=intencion).count() >= MOST_OF_AN_INTENT:
        raise Refused(f"Ya hay {MOST_OF_AN_INTENT} ejemplos de eso: quita alguno antes.")
    digest = digest_of(texto)
    if Ejemplo.objects.filter(idioma=candidate.idioma, huella=digest).exists():
        raise Refused("Ya hay un ejemplo con ese texto.")
    example = Ejemplo.objects.create(
        texto=texto, idioma=candidate.idioma, huella=digest, nombre=nombre, intencion=intencion, by=by
    )
    _decide(candidate, Candidato.Estado.ACEPTADO)
    record("learning.accepted", str(example.pk), by=by, intencion=intencion, idioma=candidate.idioma)
    export_soon()
    return example


@transaction.atomic
def propose_name(*, candidate_id: int, nombre: str, codigo: str, by: User) -> FichaPage:
    """Adds a name people say to the draft of a ficha; it is public when that is reviewed and published. Raises Refused."""
    candidate = _pending(candidate_id, by)
    nombre = _plain(nombre)
    _check_text(nombre)
    page: FichaPage | None = FichaPage.objects.filter(codigo=codigo).first()
    if page is None or not page.permissions_for_user(by).can_edit():
        raise Refused("No puedes cambiar esa ficha, o no existe.")
    lock = page.get_lock()
    if page.workflow_in_progress or (lock is not None and lock.for_user(by)):
        raise Refused("La ficha está en revisión o bloqueada: propón el nombre cuando quede libre.")
    draft = page.get_latest_revision_as_object()
    field = f"alias_{candidate.idioma}"
    lines = [line.strip() for line in getattr(draft, field).splitlines() if line.strip()]
    known = {words_of(line) for line in [draft.title, *lines]}
    if words_of(nombre) in known:
        raise Refused("La ficha ya tiene ese nombre.")
    setattr(draft, field, "\n".join([*lines, nombre]))
    draft.save_revision(user=by, log_action=True)
    _decide(candidate, Candidato.Estado.ACEPTADO)
    record("learning.name_proposed", codigo, by=by, nombre=nombre, idioma=candidate.idioma)
    return page


@transaction.atomic
def reject(*, candidate_id: int, by: User) -> None:
    """It is not asked about again; its words are forgotten at once. Raises Refused."""
    candidate = _pending(candidate_id, by)
    _decide(candidate, Candidato.Estado.DESCARTADO)
    record("learning.rejected", str(candidate.pk), by=by, idioma=candidate.idioma)


@transaction.atomic
def remove_example(*, example_id: int, by: User) -> None:
    """Takes an accepted example back: the next training is without it. Raises Refused."""
    _check_rights(by)
    example = Ejemplo.objects.filter(pk=example_id).first()
    if example is None:
        raise Refused("Ese ejemplo ya no está.")
    record("learning.removed", str(example.pk), by=by, intencion=example.intencion, idioma=example.idioma)
    example.delete()
    export_soon()


def _pending(candidate_id: int, by: User) -> Candidato:
    _check_rights(by)
    found = Candidato.objects.select_for_update().filter(pk=candidate_id).first()
    if found is None or found.estado != Candidato.Estado.PENDIENTE:
        raise Refused("Otra persona ya decidió sobre esta pregunta, o ya no se guarda.")
    return found


def _check_rights(by: User) -> None:
    if not can_teach(by):
        raise Refused("Tu cuenta no puede decidir lo que aprende el asistente.")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _check_text(text: str) -> None:
    if is_personal(text):
        raise Refused(
            "Quita los asteriscos y los datos de personas: nombres, documentos, teléfonos, direcciones."
        )
    if set(text) & _MARKUP or text.startswith(("/", "-", "#")):
        raise Refused("Escribe el texto sin paréntesis, corchetes ni otros signos de formato.")
    if len(words_of(text)) < 2:
        raise Refused("Escribe el texto.")


def _decide(candidate: Candidato, estado: str) -> None:
    candidate.estado, candidate.texto, candidate.decidido_at = estado, "", timezone.now()
    candidate.save(update_fields=["estado", "texto", "decidido_at"])
    Vez.objects.filter(candidato=candidate).delete()
