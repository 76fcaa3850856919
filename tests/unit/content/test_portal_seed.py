"""Moments of life and variants name fichas that exist, in both languages."""

from pathlib import Path

import yaml

from cms.portal.seed import moments, variant_groups, variants

CONTENT = Path(__file__).parents[3] / "content"


def known_codes() -> set[str]:
    complete = {path.stem for path in (CONTENT / "fichas" / "es").glob("*.yaml")}
    files = (CONTENT / "fichas" / "es" / "basicas").glob("*.yaml")
    basic = [row for path in files for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return complete | {row["hechos"]["codigo"] for row in basic}


def test_every_code_is_that_of_a_ficha() -> None:
    named = {codigo for moment in moments() for codigo in moment.codigos}
    named |= {one.codigo for group in variant_groups() for one in group}
    assert named - known_codes() == set()


def test_every_name_is_said_in_both_languages_and_differs_within_its_group() -> None:
    assert all(moment.es and moment.qu for moment in moments())
    for group in variant_groups():
        assert len({one.es for one in group}) == len({one.qu for one in group}) == len(group) >= 2


def test_a_ficha_is_in_one_group_at_most() -> None:
    codes = [one.codigo for group in variant_groups() for one in group]
    assert len(codes) == len(set(codes))


def test_a_ficha_that_stands_alone_has_no_variants() -> None:
    assert variants("pj-antecedentes-penales") == ()
    assert [one.codigo for one in variants("migraciones-pasaporte")] == [
        "migraciones-pasaporte",
        "migraciones-pasaporte-menor",
    ]
