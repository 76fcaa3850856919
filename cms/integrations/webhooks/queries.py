"""Reading subscribers and their deliveries, for the administrators' screens."""

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from cms.integrations.webhooks.models import Attempt, Delivery, DeliveryState, Subscriber


def subscribers() -> QuerySet[Subscriber]:
    """Each with how many deliveries wait (`pendientes`), were given up (`abandonados`), and the last one taken."""
    open_states = (DeliveryState.WAITING, DeliveryState.RUNNING)
    return Subscriber.objects.annotate(
        pendientes=Count("deliveries", filter=Q(deliveries__state__in=open_states)),
        abandonados=Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD)),
        ultimo=Max("deliveries__done_at", filter=Q(deliveries__state=DeliveryState.DONE)),
    ).order_by("nombre", "id")


def deliveries(subscriber: Subscriber, state: str = "") -> QuerySet[Delivery]:
    """The newest change first, each with its tries."""
    found = subscriber.deliveries.select_related("change")
    if state in DeliveryState.values:
        found = found.filter(state=state)
    return found.prefetch_related(Prefetch("attempts", queryset=Attempt.objects.order_by("-id")))
