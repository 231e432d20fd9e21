"""What notices can be about: the methods of fraud in a handful of groups people can choose from."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data/taxonomy/topics.json"


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of methods; the ids are those of data/taxonomy/scam_methods.json."""

    id: str
    name: str
    methods: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic, in the order people see."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Topic(row["id"], row["name"], tuple(row["methods"])) for row in rows)


def topic_ids() -> tuple[str, ...]:
    """The id of every topic."""
    return tuple(topic.id for topic in topics())


def topic_name(id_: str) -> str:
    """What a topic is called."""
    return next((topic.name for topic in topics() if topic.id == id_), id_)
