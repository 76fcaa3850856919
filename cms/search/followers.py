"""What search does when something is published."""

from cms.publishing.models import Change
from cms.search.index import this_node


def index_change(change: Change) -> None:
    """Brings this node's index up to the newest change, which is this one or a later one."""
    this_node.catch_up()
