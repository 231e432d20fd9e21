"""Whether the channels work. One that cannot be reached is a normal state: the rest goes on."""

from console import words
from console.facts import ChannelState
from console.visit import Answer, Show, Visit

DUTY = "telegram"  # the channel whose groups can be told that something waits


def show(visit: Visit) -> Answer:
    """Every channel with its state, and what to do."""
    states = visit.facts.channels()
    return Show("channels.html", {"states": states, "names": words.CHANNEL_NAMES})


def broken(visit: Visit) -> dict[str, ChannelState]:
    """Channels that cannot be reached now, by name."""
    return {state.channel: state for state in visit.facts.channels() if state.ok is False}


def has_groups(visit: Visit) -> bool:
    """Whether a chat of officers can be connected here."""
    return any(state.channel == DUTY for state in visit.facts.channels())
