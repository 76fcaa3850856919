"""Why a delivery failed, in the words an administrator reads in its log. Nothing of HTTP leaves this package."""


class DeliveryError(Exception):
    """The other side has not taken it. `status` is what it answered, None where it did not answer."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ForbiddenAddress(DeliveryError):
    """The address is of a machine that is not on the public network."""
