"""A PDF as a printer's program opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
