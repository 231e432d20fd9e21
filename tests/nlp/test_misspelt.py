"""Misspelt names: a place is sorted when it is first asked about, by whichever thread comes."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from nlp.places import Place, Router
from tests.gazetteer import gazetteer


def test_threads_that_ask_a_fresh_router_at_once_get_the_same_answers() -> None:
    # Misspelt, so that every province asked about is sorted for the first time.
    provinces = [province.name for province in gazetteer().provinces.values()]
    texts = [f"xã Tân Thạhn, {name}" for name in provinces]
    fresh, together = Router(gazetteer()), Barrier(8)

    def answers() -> list[Place]:
        together.wait()
        return [fresh.locate(text) for text in texts]

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns in the middle of everything
    try:
        with ThreadPoolExecutor(8) as threads:
            found = [threads.submit(answers) for _ in range(8)]
    finally:
        sys.setswitchinterval(usual)

    alone = [Router(gazetteer()).locate(text) for text in texts]
    assert any(place.reason == "misspelt" for place in alone)
    assert [one.result() for one in found] == [alone] * 8
