from pathlib import Path

import pytest

from stack.fingerprints import Stamps, of_files


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "content" / "fichas").mkdir(parents=True)
    (tmp_path / "content" / "fichas" / "dni.yaml").write_text("costo: 30")
    (tmp_path / "other.txt").write_text("other")
    return tmp_path


def test_it_changes_with_a_text_a_name_and_what_is_added(tree: Path) -> None:
    ficha = tree / "content" / "fichas" / "dni.yaml"
    figures = [of_files(tree, ["content/**/*"])]
    ficha.write_text("costo: 31")
    figures.append(of_files(tree, ["content/**/*"]))
    ficha.rename(ficha.with_name("dni2.yaml"))
    figures.append(of_files(tree, ["content/**/*"]))
    figures.append(of_files(tree, ["content/**/*"], extra="another command"))
    assert len(set(figures)) == 4


def test_it_does_not_change_with_what_no_pattern_names(tree: Path) -> None:
    before = of_files(tree, ["content/**/*"])
    (tree / "other.txt").write_text("changed")
    (tree / "content" / "__pycache__").mkdir()
    (tree / "content" / "__pycache__" / "x.pyc").write_text("compiled")
    assert of_files(tree, ["content/**/*"]) == before


def test_stamps_outlive_the_process(tmp_path: Path) -> None:
    Stamps(tmp_path / "stamps.json").record("migrate", "1")
    assert Stamps(tmp_path / "stamps.json").matches("migrate", "1")
    assert not Stamps(tmp_path / "stamps.json").matches("migrate", "2")


def test_a_forgotten_stamp_is_forgotten_on_disk_too(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.record("migrate", "1")
    stamps.forget("migrate")
    assert not Stamps(tmp_path / "stamps.json").matches("migrate", "1")


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null"])
def test_a_damaged_file_only_means_that_nothing_is_known(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "stamps.json").write_text(damaged)
    stamps = Stamps(tmp_path / "stamps.json")
    assert not stamps.matches("migrate", "1")
    stamps.record("migrate", "1")
    assert stamps.matches("migrate", "1")
