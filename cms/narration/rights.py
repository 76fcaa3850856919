"""Who may lend a voice, and who may say that it reads what is written."""

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.narration.models import Recording
from cms.tramites.models import Tramite
from cms.tramites.rights import can_edit_entidad, can_review_entidad


def may_upload(user: User, codigo: str) -> bool:
    """Whoever writes the ficha, and translators."""
    entidad = _entidad(codigo)
    return bool(entidad) and (can_edit_entidad(user, entidad) or has_role(user, Role.TRANSLATOR))


def why_not_accept(user: User, recording: Recording) -> str:
    """Empty where `user` may put it before the public; otherwise the reason."""
    if recording.by_id == user.pk:
        return "La oye y la acepta otra persona: esta grabación es tuya."
    if recording.locale == "qu" and not user.speaks_quechua:
        return "La acepta una persona que habla quechua."
    if recording.locale == "qu" and has_role(user, Role.TRANSLATOR):
        return ""
    allowed = can_review_entidad(user, _entidad(recording.codigo))
    return "" if allowed else "La acepta quien revisa las fichas de esta entidad."


def _entidad(codigo: str) -> str:
    found = Tramite.objects.select_related("entidad").filter(codigo=codigo).first()
    return found.entidad.codigo if found else ""
