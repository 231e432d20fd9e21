"""Read a message once: every place it names, and what each has to do with the matter."""

from nlp import cues
from nlp.mentions import Mention, Scan
from nlp.names import Names
from nlp.spelling import words
from nlp.typed import find_typed
from nlp.untyped import find_untyped

_MARKED_SHARE = 0.2
# Words between two stations of a way: "từ xã A huyện B qua xã C".
_ON_THE_WAY = 6


def scan(names: Names, text: str) -> Scan:
    """Find all place names of a message, in the order of the text."""
    found = names.glued.apart(text, words(text))
    marked = sum([w.plain != w.spelt for w in found])
    result = Scan(
        found,
        accented=marked > _MARKED_SHARE * len(found),
        cased=any(w.capital and not w.upper and w.plain.isalpha() for w in found[1:])
        and not all(w.upper for w in found if w.plain.isalpha()),
    )
    taken = find_typed(names, result)
    find_untyped(names, result, taken)
    result.areas.sort(key=lambda a: (a.first, -a.end))
    _give_roles(result)
    _deny(result)
    return result


def _deny(result: Scan) -> None:
    """Take out what is denied, and the district that tells where the denied place lies."""
    if not cues.denies(result.words):
        return
    found = sorted(
        {m.first for m in [*result.typed, *result.untyped]} | {a.first for a in result.areas}
    )
    spans = [
        range(first, cues.denied_until(result.words, first, accented=result.accented))
        for first in found
    ]
    for mention in [*result.typed, *result.untyped]:
        if any(mention.first in span for span in spans):
            mention.role = cues.Role.DENIED
    result.areas = [a for a in result.areas if not any(a.first in span for span in spans)]


def _give_roles(result: Scan) -> None:
    ends = sorted([a.end for a in result.areas] + [m.end for m in result.typed])
    before: Mention | None = None
    for mention in [*result.typed, *result.untyped]:
        floor = max((e for e in ends if e <= mention.first), default=0)
        mention.role = cues.role(result.words, mention.first, floor, accented=result.accented)
        if (
            before is not None
            and before.role is cues.Role.ORIGIN
            and before.end <= mention.first <= before.end + _ON_THE_WAY
            and cues.passes(result.words, mention.first, accented=result.accented)
        ):
            mention.role = cues.Role.ORIGIN
        if mention.role is cues.Role.ORIGIN and _arrives(result, mention):
            mention.role = cues.Role.SCENE
        if before is not None and cues.joins(result.words, before.end, mention.first):
            if cues.marks_border(result.words, before.first, accented=result.accented):
                before.role = cues.Role.SCENE
            mention.role = before.role
        before = mention


def _arrives(result: Scan, mention: Mention) -> bool:
    """Say whether the way ends where it happens: "từ Cam Ranh chạy về tới xã Suối Cát thì gặp"."""
    passes = cues.passes(result.words, mention.first, accented=result.accented)
    return passes and cues.meets(result.words, mention.end)
