"""Whether a message is a trick: what the models say, and what the operator has listed."""

from dataclasses import replace

from desk.desk import Desk
from nlp.methods import Check


def check(desk: Desk, text: str) -> Check:
    """Check one message. What is on the operator's block list is a trick, whatever else it says."""
    found = desk.tools.methods.check(text)
    listed = desk.tools.blocklist.signs(text)
    if not listed:
        return found
    return replace(found, verdict="scam", signs=(*listed, *found.signs))
