"""What can be refused. Each message says what to do."""


class RemarkError(Exception):
    """Any refusal of this app."""


class RemarkNotFound(RemarkError):
    """There is none with this number, or not with this contact: the two look alike from outside."""


class AlreadyTaken(RemarkError):
    """A colleague has it, or it is answered: take the next one."""


class MayNotTake(RemarkError):
    """For who speaks its language, and for nobody it may be about: leave it to a colleague or ask a supervisor."""


class MayNotRead(RemarkError):
    """A colleague has it: ask a supervisor."""


class NotYours(RemarkError):
    """Only whoever has it may do this: take it first."""


class NotSupervisor(RemarkError):
    """Only supervisors give one to somebody: ask one of them."""


class NothingCovered(RemarkError):
    """There is no other text behind it, or it was deleted when its time was over."""


class OnHold(RemarkError):
    """It belongs to a conversation that is kept by order: it cannot be deleted until a supervisor lifts that."""
