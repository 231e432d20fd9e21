"""Counts for Prometheus: how much, never who or what."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot import rounds

REGISTRY = CollectorRegistry()

ANSWERS = Counter("tiengloa_answers", "Pages answered", ["status"], registry=REGISTRY)
TURNS = Counter("tiengloa_turns", "Messages dealt with", registry=REGISTRY)
FAULTS = Counter("tiengloa_faults", "Messages that failed, tries counted", registry=REGISTRY)
SENT = Counter("tiengloa_sent", "Messages sent", ["channel", "outcome"], registry=REGISTRY)


class _Loops(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        said = "Seconds since a loop of this process last did its work"
        family = GaugeMetricFamily("tiengloa_loop_seconds", said, labels=["loop"])
        for name, age in sorted(rounds.ages().items()):
            family.add_metric([name], age)
        yield family


REGISTRY.register(_Loops())
