"""What can be refused. Each message says what to do."""


class ConversationError(Exception):
    """Any refusal of this app."""


class ConversationNotFound(ConversationError):
    """No such conversation, or not with this token: the two look alike from outside."""


class Superseded(ConversationError):
    """The conversation has changed hands since: what was being done no longer counts."""


class AlreadyClaimed(ConversationError):
    """Another agent has it, or nobody is asking for a person any more: take the next one."""


class NotYours(ConversationError):
    """Only the agent who has the conversation may do this."""


class OtherText(ConversationError):
    """Another text was stored under this client_id: send the new one under a name of its own."""


class NotAnAgent(ConversationError):
    """The account is not in the group of agents: a supervisor can add it."""


class NoSeats(ConversationError):
    """The agent has as many conversations as allowed: close or hand one over first."""


class OtherLanguage(ConversationError):
    """The citizen speaks a language the agent does not, and still waits for someone who does."""


class NothingRequested(ConversationError):
    """There is no request for a person that could be undone."""


class UnknownPayload(ConversationError):
    """A payload that this service did not issue: send one of those found in `choices`."""


class InvalidContact(ConversationError):
    """Neither a phone number nor a mail address."""


class NothingCovered(ConversationError):
    """There is no other text behind this message, or it was deleted when its time was over."""


class MayNotRead(ConversationError):
    """Somebody else has this conversation: take it when it waits, or ask a supervisor."""


class ReasonNeeded(ConversationError):
    """A supervisor reads somebody else's conversation with a reason: write one."""


class NotAvailable(ConversationError):
    """The agent is on a break or ending the shift: be available again first."""


class OnHold(ConversationError):
    """The conversation is kept by order: it cannot be deleted until a supervisor lifts that."""
