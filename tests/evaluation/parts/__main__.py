"""The parts of understanding by themselves: which tramite, and which aspect; in this process, in under a minute.

For finding causes on a set one may read (by default nlu_data/desarrollo), with a prepared folder in MAC_DATA_DIR
(`make prepare`): its database, its index and its model are read, nothing is started.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from stack import configuration, console
from stack.configuration import ROOT
from tests.evaluation.figures import percentile
from tests.evaluation.parts.asked import Asked, load

ASSISTANT = ROOT / "assistant" / ".venv" / "bin" / "python"
DEVELOPED_ON = ROOT / "nlu_data" / "desarrollo"


def main(arguments: list[str]) -> int:
    """0 when everything was read, whatever the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.parts", description=__doc__)
    parser.add_argument("--questions", type=Path, default=DEVELOPED_ON)
    parser.add_argument("--model", type=Path, help="an archive; otherwise the one of MAC_DATA_DIR")
    parser.add_argument("--part", choices=("names", "aspects", "both"), default="both")
    parser.add_argument("--list", action="store_true", help="also every mistake, with its words")
    options = parser.parse_args(arguments)
    folder = configuration.read(os.environ).data_dir
    asked = load(options.questions)
    started = time.monotonic()
    _open_database(folder)
    if options.part != "aspects":
        _names(asked, listed=options.list)
    if options.part != "names":
        _aspects(asked, options.model or folder / "models" / "assistant.tar.gz", listed=options.list)
    console.say(f"{time.monotonic() - started:.1f} s")
    return 0


def _open_database(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", configuration.SETTINGS_MODULE)
    os.environ["MAC_DATA_DIR"] = str(folder)
    import django

    django.setup()


def _names(asked: Sequence[Asked], *, listed: bool) -> None:
    from tests.evaluation.parts import naming

    of_tramites = [one for one in asked if naming.is_of_tramites(one)]
    found = [naming.name(one) for one in of_tramites]
    for group in ("es", "qu"):
        own = [one for one in found if one.asked.group == group and not one.asked.refuse]
        _say_share(f"which tramite, {group}", [one.right for one in own])
        clear = [one for one in own if one.asked.codigos and one.asked.choices is None]
        _say_share("  ranked first, of the clear ones", [_is_first(one) for one in clear])
        _say_counts(str(one.verdict) for one in own)
    sure = [one.verdict is naming.Verdict.SURE_OF_NOTHING for one in found if one.asked.refuse]
    _say_share("sure of what must not be answered", sure)
    if listed:
        for one in found:
            if not one.right:
                best = ", ".join(f"{codigo} {score}" for codigo, score in one.best[:4])
                wanted = "/".join(sorted(one.asked.codigos or one.asked.choices or ()))
                console.say(f"{one.asked.id} | {one.verdict} | {one.asked.text}\n    {wanted} <- {best}")


def _is_first(one: Any) -> bool:
    return bool(one.best) and one.best[0][0] in one.asked.codigos


def _aspects(asked: Sequence[Asked], model: Path, *, listed: bool) -> None:
    of_aspects = [one for one in asked if one.aspectos and not one.several]
    for one, read in zip(asked, _read([one.text for one in asked], model), strict=True):
        if one in of_aspects:
            _kept[one.id] = read
        _seconds.append(read["seconds"])
    for group in ("es", "qu"):
        own = [one for one in of_aspects if one.group == group]
        _say_share(f"which aspect, {group}", [_told(one) in one.aspectos for one in own])
        _say_by_aspect(own)
    console.say(f"processor time of one message: p95 {1000 * percentile(_seconds, 95):.1f} ms")
    if listed:
        for one in of_aspects:
            if _told(one) not in one.aspectos:
                read = _kept[one.id]
                top = ", ".join(f"{name} {score:.2f}" for name, score in read["questions"][0]["ranking"][:4])
                wanted = "/".join(sorted(one.aspectos))
                console.say(f"{one.id} | {one.text}\n    {wanted} <- {top} | named {read['named']}")


_kept: dict[str, dict[str, Any]] = {}
_seconds: list[float] = []


def _told(one: Asked) -> str:
    return str(_kept[one.id]["questions"][0]["ranking"][0][0])


def _say_by_aspect(asked: Sequence[Asked]) -> None:
    for aspecto in sorted({min(one.aspectos) for one in asked}):
        own = [one for one in asked if min(one.aspectos) == aspecto]
        wrong = Counter(_told(one) for one in own if _told(one) not in one.aspectos)
        told = ", ".join(f"{name} {times}" for name, times in wrong.most_common())
        console.say(f"    {aspecto:14} {len(own) - wrong.total()} of {len(own)}  {told}")


def _read(texts: list[str], model: Path) -> list[dict[str, Any]]:
    from cms.search.lexicon import lexicon

    given = {"model": str(model), "lexicon": json.loads(lexicon().body), "texts": texts}
    done = subprocess.run(
        [str(ASSISTANT), "-m", "assistant.trial"],
        cwd=ROOT,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    read: list[dict[str, Any]] = json.loads(done.stdout)
    return read


def _say_share(name: str, held: Sequence[bool]) -> None:
    console.say(f"{name}: {100 * sum(held) / max(len(held), 1):.1f} % ({sum(held)} of {len(held)})")


def _say_counts(words: Iterable[str]) -> None:
    for word, times in Counter(words).most_common():
        console.say(f"    {times:4} {word}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
