from cms.integrations.rasa.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def broken(clock: Clock) -> Breaker:
    breaker = Breaker(most_failures=3, rest_seconds=5.0, clock=clock)
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    return breaker


def test_it_rests_after_three_failures_in_a_row() -> None:
    assert not broken(Clock()).allows()


def test_a_success_in_between_counts_from_the_beginning() -> None:
    breaker = Breaker(most_failures=3, rest_seconds=5.0)
    for _ in range(10):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.allows()


def test_after_the_rest_one_may_try_and_the_others_wait() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now = 5.0
    assert [breaker.allows(), breaker.allows(), breaker.allows()] == [True, False, False]


def test_the_luck_of_the_one_decides() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now = 5.0
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    clock.now = 10.0
    assert breaker.allows()
    breaker.succeeded()
    assert [breaker.allows(), breaker.allows()] == [True, True]


def test_a_try_that_never_comes_back_does_not_close_the_door_for_ever() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now = 5.0
    assert breaker.allows()
    clock.now = 10.0
    assert breaker.allows()
