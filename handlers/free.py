"""Words and photographs outside any flow: a tip is offered to be sent, never sent."""

import re
from dataclasses import replace

from desk import codes, drafts, notices
from handlers import checks, menu, photos, questions, receipts, scope, subscriptions, tips
from handlers.chat import Incoming, Reply
from handlers.flow import Move, Turn
from handlers.menu import button
from handlers.texts import say

PREVIEW = re.compile(r"(?i)\s*thử [a-z0-9]{8}\s*")


def told(turn: Turn) -> Move:
    """Words outside any flow. A tip is offered to be sent, never sent."""
    if not turn.text:
        return menu.hello(turn)
    if codes.looks_like_receipt(turn.text):
        return receipts.code(turn)
    return _preview(turn) if PREVIEW.fullmatch(turn.text) else _judged(turn)


def _judged(turn: Turn) -> Move:
    """Words that are no code: what they seem to be decides."""
    judgement = turn.desk.tools.judge.judge(turn.text)
    if judgement.kind == "opinion":
        return scope.decline(turn)
    if judgement.kind == "tip" or judgement.urgent:
        return _offer(turn)
    if judgement.unsure:
        return _offer(turn, say("menu.tip_or_question"))
    return questions.asked(turn) if judgement.kind == "question" else menu.unknown(turn)


def shown(turn: Turn) -> Move:
    """Photographs outside any flow: offered to be sent, never sent."""
    if turn.text:
        opinion = scope.is_opinion(turn, turn.text)
        return scope.decline(turn) if opinion else _offer(turn)
    choices = (button("as_tip", "primary"), button("receipt"), button("cancel", "quiet"))
    return Move(Reply(say("photo.offer"), choices), "free", {"text": "", **photos.only(turn.draft)})


def _preview(turn: Turn) -> Move:
    """A notice as its subscribers will get it, for the officer who wrote it."""
    found = notices.preview(turn.desk, turn.text.strip()[len("thử ") :].strip())
    if found is None:
        return menu.unknown(turn)
    return Move(subscriptions.tried(drafts.text_of(found)))


def _offer(turn: Turn, asked: str = "") -> Move:
    """Numbers to call first, if somebody may be in danger; then what to do with these words.

    Args: asked: the question, unless it is whether to send them as a tip.
    """
    choices = (
        button("as_tip", "primary"),
        button("as_check"),
        button("as_question"),
        button("cancel", "quiet"),
    )
    reply = Reply(asked or say("menu.offer_tip"), choices, calls=menu.calls(turn, turn.text))
    return Move(reply, "free", {"text": turn.text, **photos.only(turn.draft)})


def _offered_text(turn: Turn) -> Move:
    """The answer to "send it as a tip?"."""
    text = str(turn.draft["text"])
    pictures_too = photos.only(turn.draft)
    kept = replace(turn, incoming=Incoming(text), draft=pictures_too)
    match turn.choice:
        case "as_tip":
            draft = ({"text": text} if text else {}) | dict(pictures_too)
            return tips.start(replace(turn, incoming=Incoming(), draft=draft))
        case "as_check":
            return replace(checks.pasted(kept), wipe=True)  # also what was shown of it before
        case "as_question":
            return questions.asked(replace(kept, draft={}))
    if turn.text:
        return _offer(replace(kept, incoming=Incoming(f"{text}\n{turn.text}".strip())))
    return _offer(kept) if text else shown(kept)


STEPS = {"free": _offered_text}
