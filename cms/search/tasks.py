"""What is done beside the requests."""

from celery import shared_task

from cms.search import learning
from cms.search.index import this_node
from cms.search.segments import Held


@shared_task(name="search.learn_asked")
def learn_asked() -> int:
    """Learns anew which ficha people mean, from the names in force on this node; returns of how many fichas."""
    this_node.catch_up()
    with this_node.reading() as searcher:
        names = Held(searcher.reader()).names()
    learnt = learning.learn_all(names)
    learning.save(learnt, learning.path())
    return len(learnt.asked.codigos)
