"""Starting a notice from the library: which samples there are, and a form filled with one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from console.visit import Visit
from desk import library
from desk.library import Sample
from desk.topics import Topic, topics

CHOSEN = "mau"  # the field of the address: /desk/notices/new?mau=<method>


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the partial `_samples.html` shows: samples by topic, and the one that was chosen."""

    groups: tuple[tuple[str, tuple[Sample, ...]], ...]
    chosen: Sample | None
    stale: frozenset[str]


def shelf(visit: Visit) -> Shelf:
    """Every sample; those checked half a year ago are marked."""
    known = library.samples()
    today = visit.desk.today
    return Shelf(
        tuple((topic.name, tuple(known[m] for m in topic.methods)) for topic in topics()),
        _chosen(visit),
        frozenset(sample.method for sample in known.values() if sample.stale(today)),
    )


def filled(visit: Visit, fresh: Mapping[str, str]) -> Mapping[str, str]:
    """An empty form, or one with the words of the sample; whom to call stays the station's own."""
    sample = _chosen(visit)
    if sample is None:
        return fresh
    words = asdict(sample.words) | {"contact": fresh["contact"]}
    return {**fresh, **words, "topic": _topic_of(sample.method).id}


def _chosen(visit: Visit) -> Sample | None:
    return library.samples().get(visit.query.get(CHOSEN, ""))


def _topic_of(method: str) -> Topic:
    return next(topic for topic in topics() if method in topic.methods)
