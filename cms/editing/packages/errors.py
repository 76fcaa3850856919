"""What an editor is told when a package cannot go on; the message says what to do."""


class PackageError(Exception):
    """The step is refused and nothing was changed. `lines` are the reasons, one each."""

    def __init__(self, message: str, lines: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.lines = lines


class NotAllowed(PackageError):
    """The person may not take this step; somebody else may."""
