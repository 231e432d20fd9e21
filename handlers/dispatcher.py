"""One message in, the next state of the conversation out."""

from dataclasses import replace

from desk import codes
from desk.conversations import Chat
from desk.desk import Desk
from handlers import checks, menu, questions, receipts, scope, tips
from handlers.chat import WITHHELD, Choice, Incoming, Reply, bot_line, citizen_line, reply_of
from handlers.flow import Move, Step, Turn
from handlers.menu import button
from handlers.texts import say

# What opens each flow from anywhere, also from an old page.
OPENERS: dict[str, Step] = {
    "home": menu.home,
    "emergency": menu.emergency,
    "tip": tips.start,
    "check": checks.start,
    "ask": questions.start,
    "receipt": receipts.start,
}

# Step names are stored with waiting conversations: rename one and those fall back to the menu.
STEPS: dict[str, Step] = {
    **menu.STEPS,
    **tips.STEPS,
    **receipts.STEPS,
    **questions.STEPS,
    **checks.STEPS,
}


def answer(desk: Desk, chat: Chat | None, incoming: Incoming, app: str = "") -> Chat:
    """What the conversation is after this message; its last line is the reply.

    Args:
        app: whose application it came through, which the citizen is told about before a tip.
    """
    before = chat or Chat()
    meant = _pressed(before, incoming)
    turn = Turn(desk, meant, before.draft, app)
    move = _move(before, turn)
    return _after(before, incoming, meant, move)


def reply_in(chat: Chat) -> Reply | None:
    """The last thing we said."""
    said = [line for line in chat.lines if line["who"] == "bot"]
    return reply_of(said[-1]) if said else None


def _move(chat: Chat, turn: Turn) -> Move:
    choice = turn.choice
    if choice in OPENERS:
        return OPENERS[choice](replace(turn, draft={}))
    if choice == WITHHELD:
        choices = _offered(chat) or menu.doors()
        return Move(Reply(say("menu.withheld"), choices), chat.step, chat.draft, echo="")
    if choice and choice not in chat.offered:
        return Move(
            Reply(say("menu.forged"), _offered(chat) or menu.doors()),
            chat.step,
            chat.draft,
            echo="",
        )
    if choice == "cancel":
        return menu.cancel(turn)
    if chat.step in STEPS:
        return STEPS[chat.step](turn)
    return _free_text(turn)


def _free_text(turn: Turn) -> Move:
    """Words outside any flow. A tip is offered to be sent, never sent."""
    if not turn.text:
        return menu.hello(turn)
    if codes.looks_like_receipt(turn.text):
        return receipts.code(turn)
    judgement = turn.desk.tools.judge.judge(turn.text)
    if judgement.kind == "opinion":
        return scope.decline(turn)
    if judgement.kind == "tip" or judgement.urgent:
        return _offer(turn, judgement.call if judgement.urgent else None)
    if judgement.kind == "question":
        return questions.asked(turn)
    return menu.unknown(turn)


def _offer(turn: Turn, call: str | None) -> Move:
    choices = (
        button("as_tip", "primary"),
        button("as_check"),
        button("as_question"),
        button("cancel", "quiet"),
    )
    calls = tuple(dict.fromkeys((call, "113"))) if call else ()
    return Move(Reply(say("menu.offer_tip"), choices, calls=calls), "free", {"text": turn.text})


def _offered_text(turn: Turn) -> Move:
    """The answer to "send it as a tip?"."""
    text = str(turn.draft["text"])
    kept = replace(turn, incoming=Incoming(text), draft={})
    match turn.choice:
        case "as_tip":
            return tips.start(replace(turn, incoming=Incoming(), draft={"text": text}))
        case "as_check":
            return checks.pasted(kept)
        case "as_question":
            return questions.asked(kept)
    if turn.text:
        return _offer(replace(kept, incoming=Incoming(f"{text}\n{turn.text}")), None)
    return _offer(kept, None)


STEPS["free"] = _offered_text


def _pressed(chat: Chat, incoming: Incoming) -> Incoming:
    """What a channel without buttons means: "2", or the label itself."""
    if incoming.choice or not incoming.text:
        return incoming
    typed = incoming.text.strip().casefold()
    for number, choice in enumerate(_offered(chat), start=1):
        if typed in (str(number), choice.label.casefold()):
            return Incoming(choice=choice.id)
    return incoming


def _offered(chat: Chat) -> tuple[Choice, ...]:
    said = reply_in(chat)
    return said.choices if said else ()


def _after(before: Chat, incoming: Incoming, meant: Incoming, move: Move) -> Chat:
    echo = move.echo
    if echo is None:
        labels = {choice.id: choice.label for choice in _offered(before)}
        echo = incoming.text.strip() or labels.get(meant.choice, "")
    kept = () if move.wipe else before.lines
    said = (citizen_line(echo),) if echo else ()
    lines = (*kept, *said, bot_line(move.reply))
    offered = tuple(choice.id for choice in move.reply.choices)
    return Chat(move.step, dict(move.draft), offered, lines)
