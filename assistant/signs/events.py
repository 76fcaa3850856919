"""Signs that something has happened in a life: a death, a birth, a wedding. It opens a subject, whatever was talked of."""

from __future__ import annotations

from assistant.signs.reading import Reading, any_in, patterns

# Only what is told as having happened, or as wished: "¿y si el titular murió?" and "¿y si estoy casado?" ask on.
_SUPPOSES = patterns(
    r"si (?:(?:ya|se|me|mi|el|la|su) )*(?:\w+ )?(?:murio|fallecio|nacio|caso|case|divorcio|divorcie)"
)
_ES = patterns(
    r"(?:se )?(?:murio|fallecio|ha (?:muerto|fallecido)|acaba de (?:morir|fallecer))",
    r"(?:quiero|queremos|voy a|vamos a|deseo|deseamos|necesito|quisiera) (?:casar|divorciar)(?:me|nos)|"
    r"(?:me|nos) (?:voy|vamos|quiero|queremos) (?:a )?(?:casar|divorciar)",
    r"(?:ha nacido|nacio|acaba de nacer) (?:mi|nuestr[oa])|(?:mi|nuestr[oa]) (?:\w+ )?(?:ha nacido|nacio|acaba de nacer)",
)
_QU = patterns(
    r"(?:tayta|mama|wawa|churi|ususi|qusa|warmi|yaya|machu|awicha|turi|wawqi|ñaña|pani|ayllu)\w* wañu(?:r|ku|ka|pu|sqa)\w*",
    r"(?:kasara|dibursiya)\w*ta muna\w*|(?:kasara|dibursiya)\w*(?:saq|sayku|sunchik)",
    r"(?:wawa|churi|ususi)\w* (?:nasi|paqari)(?:r|mu|ka|sqa|n)\w*",
)


def tells_event(text: str) -> bool:
    """Whether `text` tells of a death, a birth, a wedding or a divorce in the writer's own life."""
    reading = Reading.of(text)
    if any_in(_SUPPOSES, reading.spanish):
        return False
    return any_in(_ES, reading.spanish) or any_in(_QU, reading.quechua)
