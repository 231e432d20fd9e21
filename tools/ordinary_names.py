"""Write data/gazetteer/reviewed/ordinary.txt: names of communes that people use as plain words.

"Hòa bình" and "con dao" are communes somewhere. Which names are such is counted in the training
texts, where places are seldom named: what stands there several times without capitals is no sure
sign of a place.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp import corpus
from nlp.gazetteer import Gazetteer
from nlp.mentions import all_capital
from nlp.spelling import words

DATA = Path(__file__).parents[1] / "data"
FILE = DATA / "gazetteer" / "reviewed" / "ordinary.txt"
# 33,085 texts hold 1,018 names twice or more, 722 three times, 390 six times. With 2, 3 and 6 the
# development sentences come to the same but for one or two.
SEVERAL = 3
_LENGTHS = (2, 3, 4)  # words of a name


def main() -> int:
    """Write the list, and say how long it is."""
    found = ordinary()
    FILE.write_text("".join(f"{name}\n" for name in found), encoding="utf-8")
    print(f"{len(found):6d} names in {FILE.name}")
    return 0


def ordinary() -> list[str]:
    """List the names, without marks and in their order."""
    known = Gazetteer.load(DATA / "gazetteer").names.communes
    learnt = corpus.read(DATA)
    texts = [*(one.text for one in learnt.tips), *(one.text for one in learnt.questions)]
    counts = Counter(name for name in _said(texts) if name in known)
    return sorted(name for name, count in counts.items() if count >= SEVERAL)


def _said(texts: Iterable[str]) -> Iterator[str]:
    """Yield all words in a row that are not written like a name."""
    for text in texts:
        found = words(text)
        shouted = all(word.upper for word in found if word.plain.isalpha())
        for first in range(len(found)):
            for length in _LENGTHS:
                row = found[first : first + length]
                if len(row) == length and (shouted or not all_capital(row)):
                    yield " ".join(word.plain for word in row)


if __name__ == "__main__":
    sys.exit(main())
