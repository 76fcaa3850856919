import re
from collections import Counter

import pytest
import yaml

from assistant import fingerprint
from assistant.aspects import ASPECTS
from assistant.settings import NLU_DATA, PROJECT

LEAST = {"es": 35, "qu": 20}


def examples(locale):
    found = {}
    for path in sorted((NLU_DATA / locale).glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line[2:].strip() for line in block["examples"].splitlines()]
            found.setdefault(block["intent"], []).extend(lines)
    return found


INTENTS = yaml.safe_load((PROJECT / "domain" / "intents.yml").read_text())["intents"]


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_every_intent_has_examples_in_both_languages(locale):
    found = examples(locale)
    assert sorted(found) == sorted(INTENTS)
    assert [intent for intent in INTENTS if len(found[intent]) < 20] == []
    assert [aspect for aspect in ASPECTS if len(found[aspect]) < LEAST[locale]] == []


def test_every_aspect_is_an_intent_and_every_intent_has_one_rule():
    rules = yaml.safe_load((NLU_DATA / "rules.yml").read_text())["rules"]
    ruled = Counter(rule["steps"][0]["intent"] for rule in rules)
    assert set(ASPECTS) < set(INTENTS)
    assert set(ruled) == {*INTENTS, "nlu_fallback"}
    assert set(ruled.values()) == {1}
    declared = yaml.safe_load((PROJECT / "domain" / "actions.yml").read_text())["actions"]
    assert {rule["steps"][1]["action"] for rule in rules} == set(declared)


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_no_example_teaches_two_things(locale):
    taught = {}
    for intent, lines in examples(locale).items():
        for line in lines:
            plain = re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", line).lower()
            taught.setdefault(plain, set()).add(intent)
    assert {line: sorted(intents) for line, intents in taught.items() if len(intents) > 1} == {}


def test_names_are_annotated_in_every_aspect_and_also_met_without():
    for locale in ("es", "qu"):
        for aspect in ASPECTS:
            marked = [line for line in examples(locale)[aspect] if "](" in line]
            assert 2 <= len(marked) < len(examples(locale)[aspect]), (locale, aspect)


def test_what_is_held_out_is_not_among_what_a_model_depends_on():
    files = {str(path.relative_to(NLU_DATA)) for path in fingerprint._files() if NLU_DATA in path.parents}
    assert files
    assert not [name for name in files if name.split("/")[0] not in {"es", "qu", "rules.yml"}]


def test_the_image_of_the_assistant_holds_only_what_it_learns_from():
    recipe = (PROJECT.parent / "stack" / "images" / "assistant.Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (nlu_data\S*)", recipe, re.MULTILINE)
    learnt = {str(path.relative_to(PROJECT.parent)) for path in fingerprint.TRAINING_FILES}
    assert set(copied) == learnt
    assert re.findall(r"^(?:COPY|ADD) \.(?:/)? ", recipe, re.MULTILINE) == []
