"""Before a tip is sent: what in it may tell who wrote it, and hiding that, if its writer wants."""

import unicodedata

from handlers.flow import Draft
from handlers.texts import say
from nlp import disclosure


def warning(draft: Draft) -> str:
    """A word about what may give the writer away; nothing if nothing does."""
    text = unicodedata.normalize("NFC", str(draft["text"]))
    kinds = dict.fromkeys(one.kind for one in disclosure.find(text))
    if not kinds:
        return ""
    return say("tip.review_self", kinds=", ".join(say(f"self.{kind}") for kind in kinds))


def hidden(draft: Draft) -> Draft:
    """The same draft with those words replaced; nobody can get them back."""
    return {**draft, "text": disclosure.masked(str(draft["text"]))}
