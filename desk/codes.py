"""Codes people copy by hand: the receipt of a tip and the groups of a recovery key.

Crockford's base 32 leaves out I, L, O and U; what people type instead is understood. The last
symbol is a check symbol (Luhn mod N with N = 32): every single wrong symbol is noticed, and every
swap of neighbours but one pair.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE = len(ALPHABET)
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "Đ": "D"})

# 80 bits: one hit in a year of 60 guesses a minute among 100,000 tips has odds of 2.6e-12
# (anchors §3.4, arithmetic).
RECEIPT_SYMBOLS = 16
_SKIPPED = ("Pd", "Cf")  # dashes, and what cannot be seen but is copied along
_GROUPS_AT_MOST = 5  # more words than groups: somebody is writing, not typing a code


def new_receipt() -> str:
    """80 random bits and a check symbol: `XXXX-XXXX-XXXX-XXXX-X`."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_SYMBOLS))
    return grouped(symbols + _check_symbol(symbols))


def read_receipt(text: str) -> str | None:
    """The receipt's 17 symbols without hyphens, however it was typed; None if it is none."""
    symbols = read_symbols(text)
    if len(symbols) != RECEIPT_SYMBOLS + 1 or not is_checked(symbols):
        return None
    return symbols


def looks_like_receipt(text: str) -> bool:
    """Whether somebody seems to have typed a receipt, right or wrong."""
    symbols = read_symbols(text)
    almost = abs(len(symbols) - (RECEIPT_SYMBOLS + 1)) <= 1
    return (
        almost
        and any(symbol.isdigit() for symbol in symbols)
        and len(text.split()) <= _GROUPS_AT_MOST
    )


def encode(data: bytes) -> str:
    """Bytes as symbols with a check symbol, in groups of four."""
    number, length = int.from_bytes(data), -(-len(data) * 8 // 5)
    symbols = "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(length)))
    return grouped(symbols + _check_symbol(symbols))


def decode(text: str, length: int) -> bytes | None:
    """`length` bytes from what `encode` wrote and somebody typed; None if they are not."""
    symbols = read_symbols(text)
    if len(symbols) != -(-length * 8 // 5) + 1 or not is_checked(symbols):
        return None
    number = 0
    for symbol in symbols[:-1]:
        number = number << 5 | ALPHABET.index(symbol)
    return number.to_bytes(length) if number.bit_length() <= 8 * length else None


def grouped(symbols: str) -> str:
    """In groups of four, as they are shown."""
    return "-".join(symbols[i : i + 4] for i in range(0, len(symbols), 4))


def read_symbols(text: str) -> str:
    """What was typed, as symbols: case, spaces, hyphens and look-alikes do not matter.

    Empty if there is anything else in it.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(c for c in folded if not (c.isspace() or unicodedata.category(c) in _SKIPPED))
    symbols = kept.strip(".,:;").translate(_MEANT)
    return symbols if all(symbol in ALPHABET for symbol in symbols) else ""


def is_checked(symbols: str) -> bool:
    """Whether the last symbol is the check symbol of the others."""
    return len(symbols) > 1 and _check_symbol(symbols[:-1]) == symbols[-1]


def _check_symbol(symbols: str) -> str:
    total, factor = 0, 2
    for symbol in reversed(symbols):
        addend = factor * ALPHABET.index(symbol)
        total += addend // _BASE + addend % _BASE
        factor = 3 - factor
    return ALPHABET[-total % _BASE]
