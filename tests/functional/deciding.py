"""What the stand-in for the assistant decides: a few words it knows, in the shape the real one answers in."""

from typing import Any

from assistant.channels.body import Incoming

DNI = "reniec-dni-duplicado"
ASPECTS = {
    "requisitos": ("necesito", "necesitani"),
    "costo": ("cuesta", "chanin"),
    "plazo": ("demora", "unaytaq"),
}
PERSON = ("persona", "runawan")


def decide(incoming: Incoming) -> list[dict[str, Any]]:
    said = incoming.text.casefold()
    if any(word in said for word in PERSON):
        return [{"type": "handoff", "reason": "asked"}]
    for aspecto, words in ASPECTS.items():
        if any(word in said for word in words):
            return [{"type": "answer", "codigo": incoming.metadata.get("codigo") or DNI, "aspecto": aspecto}]
    return [{"type": "say", "key": "not_understood"}]
