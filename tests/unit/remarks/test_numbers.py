"""A number as people copy it, and one contact however it is written."""

import pytest

from cms.conversations.contacts import read_contact
from cms.remarks.numbers import digest_of, read_number


@pytest.mark.parametrize(
    "typed",
    [
        "REC-2026-000012",
        " rec-2026-000012 ",
        "rec 2026 12",
        "REC–2026–12",
        "Rec2026-0012.",
        "«REC-2026-000012»",
    ],
)
def test_a_number_is_read_however_it_was_copied(typed: str) -> None:
    assert read_number(typed) == "REC-2026-000012"


@pytest.mark.parametrize("typed", ["", "12", "MAC-2026-000012", "REC-26-12", "REC-2026-", "x" * 500])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("987654321", "+51 987 654 321"),
        ("987654321", "51987654321"),
        ("014567890", "1-4567890"),
        ("ana@example.pe", "Ana@Example.PE"),
    ],
)
def test_one_contact_has_one_digest(one: str, other: str) -> None:
    assert digest_of(read_contact(one)) == digest_of(read_contact(other))


def test_two_contacts_have_two_and_neither_is_read_in_it() -> None:
    digest = digest_of(read_contact("987654321"))
    assert digest != digest_of(read_contact("987654322"))
    assert "987654321" not in digest
