"""Counts for Prometheus: how much, never who or what."""

from prometheus_client import CollectorRegistry, Counter

REGISTRY = CollectorRegistry()

ANSWERS = Counter("tiengloa_answers", "Pages answered", ["status"], registry=REGISTRY)
TURNS = Counter("tiengloa_turns", "Messages dealt with", registry=REGISTRY)
FAULTS = Counter("tiengloa_faults", "Messages that failed, tries counted", registry=REGISTRY)
SENT = Counter("tiengloa_sent", "Messages sent", ["channel", "outcome"], registry=REGISTRY)
