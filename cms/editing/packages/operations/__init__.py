"""What can be done with a package. Keyword-only, `by=` who does it; each refuses with a PackageError and changes nothing then."""

from cms.editing.packages.operations.comparing import compare_again
from cms.editing.packages.operations.deciding import OtherDate, approve, reject, reopen, stop, submit
from cms.editing.packages.operations.drafting import (
    accept,
    add_draft,
    attach_resolution,
    clear_doubt,
    create,
    edit,
    put,
    read_draft,
    remove,
)
from cms.editing.packages.operations.force import look_again, take_force, take_force_due, undo

__all__ = [
    "OtherDate",
    "accept",
    "add_draft",
    "approve",
    "attach_resolution",
    "clear_doubt",
    "compare_again",
    "create",
    "edit",
    "look_again",
    "put",
    "read_draft",
    "reject",
    "remove",
    "reopen",
    "stop",
    "submit",
    "take_force",
    "take_force_due",
    "undo",
]
