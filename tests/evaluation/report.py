"""The report for people: figures, tables of confusion and every failure, without the held-out words.

Whoever mends a mistake should see its kind and not its sentence (nlu_data/holdout/README.md), so failures are
named by their ids.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.evaluation.expectations import Answers, AsksAspect, AsksTramite, Expected, Fact, Says, form
from tests.evaluation.figures import Figure, line
from tests.evaluation.judging import Outcome
from tests.evaluation.observed import Reply
from tests.evaluation.playing import Run
from tests.evaluation.tallies import GROUPS, NO_LANGUAGE

Row = Sequence[object]

LIMITS = """
Compared are `codigo`, `aspecto`, `sede`, `choices` and `handoff`, never words. So it cannot be told apart here

- which fixed sentence was said: any reply without answer, question back or person counts for `decir`
  (for `help`, `privacy` and `are_you_a_person` also one that offers a person), "not understood" too; but equal
  texts are known to be equal: `decir_in_doubt` counts those whose sentence is mostly said where another is due;
- whether a reply to `caso_propio` says that the file cannot be seen: any that speaks and offers a person counts,
  "not found" and the sentences for danger too;
- whether a person was asked for or only needed: for `persona` both the request and the offer before anything
  else count; the figure `person_requested` counts the requests alone;
- whether a false amount was repeated: sentences with facts come with `answer`, and those are compared.

A reply that offers a single candidate to confirm asks which tramite, not what is wanted of it.
Answers must tell what is expected and nothing of another ficha. One aspect more of the same ficha is let pass and
counted in `more_told_than_asked`; several more are a mistake of their own kind.
""".strip()


def render(run: Run, figures: Iterable[Figure], head: str) -> str:
    """The whole report as Markdown."""
    listed = "\n".join(map(line, figures))
    parts = [f"# Understanding\n\n{head}", "## Figures", f"```\n{listed}\n```", LIMITS]
    for group in GROUPS:
        parts += _mistakes(run, group)
        parts += _aspects(run, group)
        parts += _forms(run, group)
    parts += [
        *_confused_aspects(run),
        *_confused_fichas(run),
        *_motives(run),
        *_languages(run),
        *_failures(run),
    ]
    return "\n\n".join(parts) + "\n"


def _mistakes(run: Run, group: str) -> Iterator[str]:
    yield f"## Kinds of mistakes: {group}"
    sources = {
        "questions": run.questions,
        "turns": [turn for turns in run.conversations for turn in turns],
        "not to be answered": run.refusals,
    }
    counts = {
        name: Counter(str(o.mistake) for o in outcomes if o.group == group and o.mistake)
        for name, outcomes in sources.items()
    }
    kinds = sorted({kind for counter in counts.values() for kind in counter})
    yield _table(("kind", *sources), [(kind, *(counts[name][kind] for name in sources)) for kind in kinds])


def _aspects(run: Run, group: str) -> Iterator[str]:
    yield f"## By aspect: {group} (questions and turns, by the preferred alternative)"
    rows: dict[str, list[Outcome]] = {}
    for outcome in run.asked():
        if outcome.group == group:
            rows.setdefault(_label(outcome.expected), []).append(outcome)
    yield _table(
        ("expected", "right", "of", "mistakes"),
        [
            (
                label,
                sum(o.right for o in outcomes),
                len(outcomes),
                _counted(str(o.mistake) for o in outcomes if o.mistake),
            )
            for label, outcomes in sorted(rows.items())
        ],
    )


def _label(expected: Expected) -> str:
    match expected[0]:
        case Answers(aspectos=aspectos) if len(aspectos) == 1:
            return next(iter(aspectos))
        case Answers():
            return "several aspects"
        case Says(key):
            return f"decir {key}"
        case other:
            return form(other)


def _forms(run: Run, group: str) -> Iterator[str]:
    yield f"## Expected form and what the reply did: {group} (wrong ones only)"
    wrong = [o for o in run.asked() if o.group == group and not o.right]
    counter = Counter((form(o.expected[0]), o.reply.does) for o in wrong)
    yield _table(("expected", "reply", "times"), [(*pair, times) for pair, times in counter.most_common()])


def _confused_aspects(run: Run) -> Iterator[str]:
    yield "## Aspects confused (right ficha, one aspect expected)"
    counter: Counter[tuple[str, str, str]] = Counter()
    for outcome in run.asked():
        match outcome.expected, outcome.reply.answers:
            case (Answers(subject, aspectos), *_), (Fact(told, aspecto),) if (
                told == subject and not outcome.right
            ):
                counter[(outcome.group, "+".join(sorted(aspectos)), aspecto)] += 1
    rows = [(*pair, times) for pair, times in counter.most_common()]
    yield _table(("group", "expected", "answered", "times"), rows)


def _confused_fichas(run: Run) -> Iterator[str]:
    yield "## Fichas confused"
    counter: Counter[tuple[str, str, str]] = Counter()
    for outcome in run.asked():
        if outcome.wrong_subject:
            told = "+".join(sorted({fact.subject for fact in outcome.reply.answers}))
            counter[(outcome.group, _subject(outcome.expected), told)] += 1
    rows = [(*pair, times) for pair, times in counter.most_common()]
    yield _table(("group", "expected", "told", "times"), rows)


def _subject(expected: Expected) -> str:
    match expected[0]:
        case Answers(subject=subject) | AsksAspect(codigo=subject):
            return subject
        case AsksTramite(codigos=codigos):
            return "one of " + ", ".join(sorted(codigos))
    return form(expected[0])


def _motives(run: Run) -> Iterator[str]:
    yield "## Not to be answered, by motive"
    rows: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in run.refusals:
        rows.setdefault((outcome.group, outcome.motive), []).append(outcome)
    yield _table(
        ("group", "motive", "right", "of", "what the replies did"),
        [
            (*key, sum(o.right for o in found), len(found), _counted(o.reply.does for o in found))
            for key, found in sorted(rows.items())
        ],
    )


def _languages(run: Run) -> Iterator[str]:
    yield "## Language decided wrongly"
    wrong = [
        o for o in run.everything() if not o.language_right and not o.reply.silent and o.motive != NO_LANGUAGE
    ]
    yield _table(
        ("id", "words", "language", "reply in"), [(o.id, o.words, o.language, o.reply.locale) for o in wrong]
    )


def _failures(run: Run) -> Iterator[str]:
    yield "## Every failure"
    rows = [
        (
            o.id,
            o.mistake,
            " or ".join(map(_spelt, o.expected)) or f"no answer ({o.motive})",
            spelt_reply(o.reply),
        )
        for o in run.everything()
        if not o.right
    ]
    yield _table(("id", "mistake", "expected", "reply"), rows)
    if run.faults:
        yield "## Broken off"
        yield _table(("id", "what"), sorted(run.faults.items()))


def _spelt(alternative: object) -> str:
    match alternative:
        case Answers(subject, aspectos):
            return f"{subject}: {'+'.join(sorted(aspectos))}"
        case AsksTramite(codigos):
            return f"ask which of {', '.join(sorted(codigos)) or 'all'}"
        case AsksAspect(codigo):
            return f"{codigo}: ask what of it"
        case Says(key):
            return f"say {key}"
    return type(alternative).__name__


def spelt_reply(reply: Reply) -> str:
    """What the reply did, in one line, without its words."""
    if reply.answers:
        done = ", ".join(f"{subject}: {aspecto}" for subject, aspecto in reply.answers)
    elif reply.offered:
        done = f"{reply.does}: {', '.join(reply.offered)}"
    else:
        done = "speaks" if not reply.silent else "nothing"
    offered = " + person offered" if reply.person_offered and not reply.requested else ""
    return done + offered + (" + person requested" if reply.requested else "")


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{word} {times}" for word, times in Counter(words).most_common())


def _table(head: Row, rows: Sequence[Row]) -> str:
    if not rows:
        return "None."
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in lines)
