"""How soon: danger is seldom missed, at the price of false alarms; and which number to call."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

# The lists of data/corpus/subjects.json that tell what kind of danger it is, as features.
_FIRE, _INJURED, _ATTACK = "@danger.fire", "@danger.injured", "@danger.attack"
_CHILD = "@danger.child"
_LOUD = ("@urgent.now", "@weap.uxo", "?weap.gun", "@other.suicide", _FIRE, _INJURED, _ATTACK)
_STORY = 10  # words
# What a text must say louder that has no listed word of danger at all, and a short one louder yet.
_SILENT, _SILENT_AND_SHORT = 0.16, 0.6


@dataclass(frozen=True, slots=True)
class Urgency:
    """The limit training found for the model's margin."""

    limit: float

    def urgent(
        self, margin: float, found: AbstractSet[str], words: int, *, told: bool = True
    ) -> bool:
        """Say whether somebody may be in danger now.

        A few words that nobody would call a story are urgent only if they hold a listed word of
        danger, or leave no doubt without one: the limit is low, and "alo" alone passes it.

        Args:
            margin: of the model's lane for urgency.
            found: the lists of which a phrase is in the text.
            words: how long the text is.
            told: whether it tells or asks anything.
        """
        if not found.isdisjoint(_LOUD):
            return margin >= self.limit
        louder = _SILENT if words >= _STORY else _SILENT_AND_SHORT
        return told and margin >= self.limit + louder


def call(category: str, found: AbstractSet[str], *, urgent: bool) -> str | None:
    """Choose the number to show first.

    114 fire and rescue, 115 injured and nobody attacking, 111 a child (day and night, free of
    charge, also when nothing is urgent), 113 any other danger.

    Source: tongdai111.vn and the police's own explainers (research note "content" §4, hotlines).
    """
    child = category == "domestic_child_abuse" and _CHILD in found
    attacked = _ATTACK in found
    if not urgent:
        return "111" if child else None
    if category == "fire_safety" or (_FIRE in found and not attacked):
        return "114"
    if _INJURED in found and not attacked:
        return "115"
    if child and not attacked:
        return "111"
    return "113"
