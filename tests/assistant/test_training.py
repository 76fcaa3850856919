"""The examples are given to Rasa as one file, none lost and none changed."""

from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.utils.io import read_yaml_file

from assistant import fingerprint
from assistant.training import in_one

ASKED = 'version: "3.1"\nnlu:\n  - intent: costo\n    examples: |\n      - cuánto cuesta\n'
TOLD = (
    '# Written by somebody.\nversion: "3.1"\nnlu:\n  - intent: plazo\n    metadata:\n      told: true\n'
    "    examples: |\n      - mi hermano viaja, ¿cuánto demora?"
)

# As the editors' room writes what was accepted.
ACCEPTED = 'version: "3.1"\nnlu:\n- intent: cita\n  examples: |\n    - ¿saco turno?\n'


def test_the_examples_of_all_files_stand_in_one_and_the_rules_beside_it(tmp_path):
    paths = [tmp_path / name for name in ("costo.yml", "preguntas.yml", "aceptados.yml", "rules.yml")]
    for path, text in zip(paths, (ASKED, TOLD, ACCEPTED, 'version: "3.1"\nrules: []\n'), strict=True):
        path.write_text(text, encoding="utf-8")
    joined, rules = in_one(tmp_path, paths)
    assert rules == paths[3]
    blocks = read_yaml_file(joined)["nlu"]
    assert [block["intent"] for block in blocks] == ["costo", "plazo", "cita"]
    assert blocks[1]["metadata"] == {"told": True}


def test_all_that_is_taught_is_in_it(tmp_path):
    files = [path for folder in fingerprint.TRAINING_FILES[:2] for path in sorted(folder.glob("*.yml"))]
    (joined,) = in_one(tmp_path, files)
    taught = [block for path in files for block in read_yaml_file(path)["nlu"]]
    assert read_yaml_file(joined)["nlu"] == taught
    lines = sum(len(block["examples"].splitlines()) for block in taught)
    assert len(load_data(str(joined)).intent_examples) > 0.9 * lines > 1000
