"""A proposal carried over to a newer state of its ficha: what it changed stays changed, the rest is as it is now."""

from typing import Any

from cms.tramites.schema import Ficha, Hechos


def carried(old: Ficha, proposed: Ficha, now: Ficha) -> Ficha:
    """`now` with what `proposed` changes of `old`; raises pydantic.ValidationError where the two do not fit together.

    Compared field by field: where both changed the same one, the proposal's stands, and the report shows it.
    """
    facts: dict[str, Any] = {
        name: getattr(now.hechos if _same(old.hechos, proposed.hechos, name) else proposed.hechos, name)
        for name in Hechos.model_fields
        if name != "evidencia"
    }
    evidence = {
        aspecto: found
        for aspecto in {**now.hechos.evidencia, **proposed.hechos.evidencia}
        if (found := _chosen(old.hechos.evidencia, proposed.hechos.evidencia, now.hechos.evidencia, aspecto))
    }
    words = {
        key: text for key in {**now.es, **proposed.es} if (text := _chosen(old.es, proposed.es, now.es, key))
    }
    return Ficha.model_validate(
        {"hechos": {**facts, "evidencia": evidence}, "es": words, "variedad": now.variedad}
    )


def _same(old: Hechos, proposed: Hechos, name: str) -> bool:
    return bool(getattr(old, name) == getattr(proposed, name))


def _chosen(old: dict[Any, Any], proposed: dict[Any, Any], now: dict[Any, Any], key: Any) -> Any:
    untouched = old.get(key) == proposed.get(key)
    return now.get(key) if untouched else proposed.get(key)
