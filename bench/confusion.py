"""A confusion matrix as a picture that any browser shows."""

from collections import Counter
from collections.abc import Sequence

_SIZE, _LEFT, _TOP = 34, 190, 190  # of a field; room for the names


def picture(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> str:
    """A row per true category, darker where more of it went. Args: pairs: (true, said)."""
    seen = Counter(pairs)
    whole = Counter(true for true, _ in pairs)
    cells = []
    for y, true in enumerate(names):
        cells.append(
            f'<text x="{_LEFT - 8}" y="{_TOP + y * _SIZE + 22}" text-anchor="end">{true}</text>'
        )
        for x, said in enumerate(names):
            count = seen[true, said]
            share = count / whole[true] if whole[true] else 0
            colour = "21,94,57" if x == y else "170,40,30"
            place = f'x="{_LEFT + x * _SIZE}" y="{_TOP + y * _SIZE}"'
            cells.append(
                f'<rect {place} width="{_SIZE - 1}" height="{_SIZE - 1}" '
                f'fill="rgba({colour},{share:.2f})" stroke="#ddd"/>'
            )
            if count:
                ink = "#fff" if share > 0.5 else "#222"  # noqa: PLR2004 # dark behind it
                cells.append(
                    f'<text x="{_LEFT + x * _SIZE + _SIZE // 2}" y="{_TOP + y * _SIZE + 22}" '
                    f'text-anchor="middle" fill="{ink}">{count}</text>'
                )
    for x, said in enumerate(names):
        at = f"translate({_LEFT + x * _SIZE + 22} {_TOP - 8}) rotate(-60)"
        cells.append(f'<text transform="{at}">{said}</text>')
    edge = _LEFT + _SIZE * len(names) + 90
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {edge} {edge - 60}" '
        'font-family="sans-serif" font-size="13"><title>True category by row, the program\'s by '
        f'column</title><rect width="100%" height="100%" fill="#fff"/>{"".join(cells)}</svg>\n'
    )
