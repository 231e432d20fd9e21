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
    found = words(text)
    marked = sum(w.plain != w.spelt for w in found)
    result = Scan(
        found,
        accented=marked > _MARKED_SHARE * len(found),
        cased=any(w.capital and not w.upper for w in found[1:])
        and not all(w.upper for w in found if w.plain.isalpha()),
    )
    taken = find_typed(names, result)
    find_untyped(names, result, taken)
    result.areas.sort(key=lambda a: (a.first, -a.end))
    _give_roles(result)
    return result


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
        before = mention
