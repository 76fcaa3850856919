"""Writes the development questions as training examples: `nlu_data/{es,qu}/preguntas.yml`; and for the ranking of
the content service which ficha each of them meant: `content/busqueda/preguntas.yaml`. Imports Rasa.

    curl -s http://127.0.0.1:8000/api/v1/lexicon | assistant/.venv/bin/python -m assistant.examples

The names in them are marked as the lexicon on stdin finds them: the model learns what is asked, not of what.
Only what says by itself what is asked becomes an example: a turn that leaves its aspect to the one before it would
teach that its words mean that aspect. `tercera/b`, `cuarta/d`, `quinta/m`,
`sexta/m`, `septima/m` and `octava/m` are left out: what is learnt here is measured there.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import launch

launch.prepare_rasa()

from rasa.shared.utils.io import read_yaml_file  # noqa: E402 - after the preparation

from assistant import lexicon  # noqa: E402
from assistant.actions.results import MOST_CHOICES  # noqa: E402
from assistant.aspects import ASPECTS  # noqa: E402
from assistant.channels.body import plain_text  # noqa: E402
from assistant.components.tokens import MASKS, named, words_of  # noqa: E402
from assistant.settings import NLU_DATA  # noqa: E402

SETS = (
    NLU_DATA / "desarrollo",
    NLU_DATA / "desarrollo" / "segunda",
    NLU_DATA / "desarrollo" / "tercera" / "a",
    NLU_DATA / "desarrollo" / "cuarta" / "a",
    NLU_DATA / "desarrollo" / "cuarta" / "b",
    NLU_DATA / "desarrollo" / "cuarta" / "c",
    *(NLU_DATA / "desarrollo" / "quinta" / hand for hand in "abcdefhij"),
    *(NLU_DATA / "desarrollo" / "sexta" / hand for hand in "abcdefghijkl"),
    *(NLU_DATA / "desarrollo" / "septima" / hand for hand in "abcdefg"),
    *(NLU_DATA / "desarrollo" / "octava" / hand for hand in "abcde"),
)
MEANT = NLU_DATA.parent / "content" / "busqueda" / "preguntas.yaml"
TURNS = NLU_DATA.parent / "content" / "busqueda" / "turnos.yaml"
WRITTEN = "preguntas.yml"
FIRST = "nothing yet"  # what the first turn of a conversation follows
SPOKEN = {
    "thanks": "agradecimiento",
    "greeting": "saludo",
    "goodbye": "despedida",
    "are_you_a_person": "eres_persona",
    "help": "ayuda",
    "privacy": "privacidad",
}
# What must not be answered, by why: where its words say so, and not that no ficha has the name.
REFUSED = {
    **dict.fromkeys(("ajeno", "ilegal", "medicina", "otro_pais", "politica", "truco"), "fuera_de_alcance"),
    "peligro": "peligro",
}
UNCOVERED = frozenset({"no_catalogo", "no_existe"})
NO_FICHA = "-"  # in place of a codigo
HEAD = """\
# Written by assistant/examples.py from nlu_data/desarrollo: do not edit. `told`: whole stories, whose words are no
# vocabulary of questions.
version: "3.1"
nlu:
"""


MEANT_HEAD = """\
# Written by assistant/examples.py from nlu_data/desarrollo: do not edit. Codigo: what people asked when they meant it;
# -: what they asked that no ficha covers.
"""

TURNS_HEAD = """\
# Written by assistant/examples.py from nlu_data/desarrollo: do not edit. What people said while a ficha was being
# talked of: of that ficha still (sigue), or of another (cambia).
"""


@dataclass(frozen=True)
class Example:
    locale: str
    intent: str
    text: str


def main() -> int:
    lexicon.current.replace(json.load(sys.stdin))
    for locale in ("es", "qu"):
        found = [example for example in examples(SETS) if example.locale == locale]
        path = NLU_DATA / locale / WRITTEN
        path.write_text(render(unambiguous(found, _taught(NLU_DATA / locale))), encoding="utf-8")
    MEANT.write_text(MEANT_HEAD + dump_yaml(meant(SETS)), encoding="utf-8")
    TURNS.write_text(TURNS_HEAD + dump_yaml(said_beside(SETS)), encoding="utf-8")
    return 0


def dump_yaml(found: Mapping[str, list[str]]) -> str:
    lines = (
        f"{codigo}:\n" + "".join(f"  - {json.dumps(text, ensure_ascii=False)}\n" for text in texts)
        for codigo, texts in sorted(found.items())
    )
    return "".join(lines)


def meant(folders: tuple[Path, ...]) -> dict[str, list[str]]:
    """Codigo -> the questions that mean this ficha, said with nothing before them.

    Where the words leave a few open, and asking is due, the question is of each of them. Under NO_FICHA stands what
    no ficha covers.
    """
    found: dict[str, list[str]] = {}
    for folder in folders:
        for name in ("preguntas_es", "preguntas_qu", "conversaciones"):
            for entry in read_yaml_file(folder / f"{name}.yml"):
                first = (entry.get("turnos") or [entry])[0]
                for codigo in _codigos(first["espera"]):
                    texts = found.setdefault(codigo, [])
                    if (text := " ".join(plain_text(first["texto"]).split())) not in texts:
                        texts.append(text)
        for entry in read_yaml_file(folder / "no_responder.yml"):
            if entry["motivo"] in UNCOVERED and not entry.get("admite"):
                found.setdefault(NO_FICHA, []).append(" ".join(plain_text(entry["texto"]).split()))
    return found


def said_beside(folders: tuple[Path, ...]) -> dict[str, list[str]]:
    """What was said while a single ficha was talked of: `sigue`, of that ficha still, and `cambia`, of another."""
    found: dict[str, list[str]] = {"cambia": [], "sigue": []}
    for folder in folders:
        for entry in read_yaml_file(folder / "conversaciones.yml"):
            talked_of = ""
            for turn in entry["turnos"]:
                asked, told = _meant_by(turn["espera"])
                if talked_of and (asked or told) and "opcion" not in turn:
                    texts = found["sigue" if talked_of in (asked or told) else "cambia"]
                    texts.append(" ".join(plain_text(turn["texto"]).split()))
                talked_of = "" if asked else told[0] if len(told) == 1 else talked_of
    return {kind: list(dict.fromkeys(texts)) for kind, texts in found.items()}


def _meant_by(expected: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The fichas to ask about, or those one of which is to be told of."""
    forms = expected.get("o", [expected])
    told = (str(form.get("codigo") or form.get("preguntar_aspecto") or "") for form in forms)
    return forms[0].get("preguntar", []), [codigo for codigo in dict.fromkeys(told) if codigo]


def _codigos(expected: Mapping[str, Any]) -> list[str]:
    """The one ficha all forms of `expected` mean, or the few to ask about; none where they differ or one means none."""
    forms = expected.get("o", [expected])
    asked: list[str] = forms[0].get("preguntar", [])
    if asked:
        return asked if len(asked) <= MOST_CHOICES else []
    codigos = {str(form.get("codigo") or form.get("preguntar_aspecto") or "") for form in forms}
    return [codigo for codigo in codigos if codigo and len(codigos) == 1]


def examples(folders: tuple[Path, ...]) -> Iterator[Example]:
    """Every question and turn of these folders that says by itself what is asked."""
    for folder in folders:
        for name in ("preguntas_es", "preguntas_qu", "conversaciones"):
            for entry in read_yaml_file(folder / f"{name}.yml"):
                before = FIRST
                for turn in entry.get("turnos") or [entry]:
                    intent = _intent(turn["espera"])
                    # Who answers what was asked back ("the blue one") leaves the aspect to the question before.
                    if intent and intent != before and (before or intent not in ASPECTS):
                        text = " ".join(plain_text(turn["texto"]).split())
                        yield Example(turn.get("idioma") or entry["idioma"], intent, text)
                    before = intent
        for entry in read_yaml_file(folder / "no_responder.yml"):
            intent = "" if entry.get("admite") else REFUSED.get(entry["motivo"], "")
            if intent:
                yield Example(entry["idioma"], intent, " ".join(plain_text(entry["texto"]).split()))


def _intent(expected: Mapping[str, Any]) -> str:
    """The one intent all forms of `expected` mean; empty where they differ or none is one."""
    told = {_intent_of(form) for form in expected.get("o", [expected])}
    return told.pop() if len(told) == 1 else ""


def _intent_of(form: Mapping[str, Any]) -> str:
    if "aspecto" in form:
        return str(form["aspecto"])
    if form.get("persona"):
        return "persona"
    if form.get("caso_propio"):
        return "caso_propio"
    if form.get("preguntar_aspecto"):
        return "nombrar_tramite"
    return SPOKEN.get(str(form.get("decir")), "")


def unambiguous(found: list[Example], taught: Mapping[str, str]) -> dict[str, list[str]]:
    """The marked texts of each intent, without those that somebody taught already or that would teach two things."""
    meant: dict[str, set[str]] = {}
    for example in found:
        meant.setdefault(example.text.lower(), set()).add(example.intent)
    by_intent: dict[str, list[str]] = {}
    for example in found:
        plain = example.text.lower()
        if len(meant[plain]) == 1 and plain not in taught:
            lines = by_intent.setdefault(example.intent, [])
            if (line := marked(example.text)) not in lines:
                lines.append(line)
    return by_intent


def marked(text: str) -> str:
    """`text` with its names as Rasa's training format writes them."""
    words = words_of(text)
    for mask in reversed(named(words)):
        start, end = words[mask.first].start, words[mask.end - 1].end
        if mask.kind in MASKS and not re.search(r"[\[\]()]", text[start:end]):
            text = f"{text[:start]}[{text[start:end]}]({mask.kind}){text[end:]}"
    return text


def _taught(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == WRITTEN:
            continue
        for block in read_yaml_file(path)["nlu"]:
            for line in block["examples"].splitlines():
                plain = re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", line.removeprefix("- ")).strip().lower()
                found[plain] = block["intent"]
    return found


def render(by_intent: Mapping[str, list[str]]) -> str:
    blocks = []
    for intent, lines in sorted(by_intent.items()):
        listed = "".join(f"      - {line}\n" for line in lines)
        blocks.append(f"  - intent: {intent}\n    metadata:\n      told: true\n    examples: |\n{listed}")
    return HEAD + "".join(blocks)


if __name__ == "__main__":
    sys.exit(main())
