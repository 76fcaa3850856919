"""`make eval`: how well the assistant understands what is held out, asked from outside as citizens ask."""

import argparse
import sys
import time
from pathlib import Path

from stack import console
from stack.configuration import ROOT
from stack.failures import StackError
from tests.evaluation import figures, reliability, report, tallies
from tests.evaluation.holdout import Holdout, load
from tests.evaluation.playing import Run, play
from tests.evaluation.system import running_or_own

HOLDOUT = ROOT / "nlu_data" / "holdout"


def main(arguments: list[str]) -> int:
    """0 when everything was played, whatever the figures; 1 when there is no system to ask; 130 interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "eval.json")
    parser.add_argument(
        "--url", help="a system that runs somewhere else; otherwise this folder's, or one of its own"
    )
    parser.add_argument(
        "--questions", type=Path, default=HOLDOUT, help="a folder of the same shape, as nlu_data/desarrollo"
    )
    options = parser.parse_args(arguments)
    holdout = load(options.questions)
    try:
        if options.url:
            _evaluate(options.url, holdout, options.output)
        else:
            with running_or_own("eval-stack") as url:
                _evaluate(url, holdout, options.output)
    except StackError as error:
        console.complain(f"Error: {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _evaluate(url: str, holdout: Holdout, output: Path) -> None:
    console.say(f"Playing the questions against {url}")
    started = time.monotonic()
    run = play(url, holdout, console.say)
    seconds = time.monotonic() - started
    found = tallies.figures(run, holdout)
    found.append(figures.measured("evaluation", seconds, "s", figures.Need(at_most=360)))
    curve = reliability.points(holdout, reliability.asked_of(url))
    found.append(reliability.figure(curve))
    document = figures.write(output, found)
    head = f"Commit {document['commit']}, {document['generated_at']}, {document['machine']}."
    listed = output.with_suffix(".md")
    listed.write_text(f"{report.render(run, found, head)}\n{reliability.render(curve)}", encoding="utf-8")
    for figure in found:
        console.say(figures.line(figure))
    _say_mistakes(run)
    console.say(f"Written: {output} and {listed}")


def _say_mistakes(run: Run) -> None:
    wrong = [outcome for outcome in run.everything() if not outcome.right]
    console.say(f"{len(wrong)} mistakes in {len(run.everything())} messages; each is listed in the report.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
