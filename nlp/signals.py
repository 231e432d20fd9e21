"""What tells a trick from its honest likeness: listed turns of phrase, and the addresses named."""

from collections.abc import Mapping, Sequence

from nlp import features
from nlp.concepts import Concepts
from nlp.domains import Official
from nlp.text import Views

CUES_FILE = "cues.json"


class Signals:
    """Names what is in a message, for the model of tricks.

    A cue gathers turns of phrase that do one thing: demand secrecy, want a fee first, send people
    to a counter. So what is learnt of one wording holds for all. Pairs of cues were tried too and
    left out: out-of-fold they made nothing better, and the method worse (0.792 instead of 0.800).
    """

    def __init__(self, cues: Mapping[str, Sequence[str]], official: Official) -> None:
        self._concepts = Concepts({"same": cues})
        self._official = official

    def of(self, views: Views, addresses: Sequence[str]) -> list[str]:
        """Name words, cues and kinds of addresses, each once."""
        kinds = {kind for address in addresses for kind in self._official.kinds(address)}
        return [*features.of(views), *sorted(self._concepts.found(views)), *sorted(kinds)]
