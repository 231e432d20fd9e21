"""A bare name whose district stands in the same message, in whatever order: "Y Yên. Yên Lương"."""

from collections.abc import Iterator

from nlp.bare import Bare, is_rare, together, union
from nlp.cues import Lead
from nlp.mentions import Mention, Scan, all_capital
from nlp.names import Names

_FAR = 12  # words between the two names


def find_inside(names: Names, found: Scan) -> Bare | None:
    """Take the names of communes that lie in a district told beside them."""
    return together(list(_inside(names, found))) if found.areas else None


def _inside(names: Names, found: Scan) -> Iterator[Bare]:
    for mention in found.untyped:
        if mention.lead not in {None, Lead.AT}:
            continue
        for end in sorted({r.end for r in mention.readings}, reverse=True):
            codes = _codes(names, found, mention, end)
            if codes:
                yield Bare(mention.first, end, codes, len(codes) == 1, mention.role)
                break


def _codes(names: Names, found: Scan, mention: Mention, end: int) -> frozenset[str]:
    words = found.words[mention.first : end]
    if found.cased and not all_capital(words):
        return frozenset()
    if any(a.first < end and mention.first < a.end for a in found.areas):
        return frozenset()  # the district itself
    districts = union(
        a.districts
        for a in found.areas
        if -_FAR <= a.first - end <= _FAR and not (a.provinces or a.old_provinces)
    )
    units = [r.unit for r in mention.readings if r.end == end]
    units = [unit for unit in units if not unit.districts.isdisjoint(districts)]
    if not units or not is_rare(names, found, mention, end, units):
        return frozenset()
    return union(unit.leads_to for unit in units)
