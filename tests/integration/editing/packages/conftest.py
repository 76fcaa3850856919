"""The same cast as in the tests of the operations, in front of the screens."""

from tests.unit.editing.packages.conftest import approve_now, draft, filled, reniec, rosa, sent

__all__ = ["approve_now", "draft", "filled", "reniec", "rosa", "sent"]
