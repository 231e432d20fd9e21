"""One message in, the next state of the conversation out."""

import unicodedata
from dataclasses import replace

from desk import photos as pictures
from desk.conversations import Chat
from desk.desk import Desk
from desk.inbox import Lane
from handlers import (
    afterwards,
    answers,
    checks,
    commands,
    free,
    interrupted,
    menu,
    photos,
    places,
    questions,
    receipts,
    reports,
    subscriptions,
    tips,
)
from handlers.chat import (
    UNREAD,
    WITHHELD,
    Choice,
    Incoming,
    Reply,
    bot_line,
    citizen_line,
    reply_of,
)
from handlers.flow import Move, Step, Turn
from handlers.texts import VIETNAMESE, language, say, speaking

# What opens each flow from anywhere, also from an old page.
OPENERS: dict[str, Step] = {
    "home": menu.home,
    "emergency": menu.emergency,
    "tip": tips.start,
    "check": checks.start,
    "ask": questions.start,
    "receipt": receipts.start,
    "saved": afterwards.saved,
    "follow": subscriptions.start,
    "unfollow": subscriptions.stop,
    "erase": subscriptions.erase,
}

_DIGITS = 3  # of a button's number; Python refuses to read a number of thousands of them

# Step names are stored with waiting conversations: rename one and those fall back to the menu.
STEPS: dict[str, Step] = {
    **menu.STEPS,
    **free.STEPS,
    **tips.STEPS,
    **receipts.STEPS,
    **questions.STEPS,
    **checks.STEPS,
    **reports.STEPS,
    **subscriptions.STEPS,
}


def answer(
    desk: Desk,
    chat: Chat | None,
    incoming: Incoming,
    app: str = "",
    home: Lane | None = None,
) -> Chat:
    """What the conversation is after this message; its last line is the reply.

    Args:
        app: whose application it came through, which the citizen is told about before a tip.
        home: where notices can be sent to, if this channel sends.
    """
    before = chat or Chat()
    meant = _pressed(before, incoming)
    turn = Turn(desk, meant, before.draft, app, home)
    with speaking(commands.LANGUAGES.get(meant.choice, before.language)):
        move = _numbers_first(before, turn, _move(before, turn))
        after = _after(before, incoming, meant, move)
    # Photographs that no draft holds any more are either a tip's by now or nobody's.
    here = {*photos.held(before.draft), *incoming.photos}
    pictures.forget(desk, sorted(here.difference(photos.held(move.draft))))
    return after


def reply_in(chat: Chat) -> Reply | None:
    """The last thing we said."""
    said = [line for line in chat.lines if line["who"] == "bot"]
    return reply_of(said[-1]) if said else None


def _move(chat: Chat, turn: Turn) -> Move:
    opened = _opened(chat, turn)
    if opened is not None:
        return opened
    refused = _refusal(chat, turn.incoming)
    if refused:
        in_danger = turn.choice == "danger_yes"  # the button is old, the danger is not
        text, calls = (say("menu.emergency"), menu.CALLS) if in_danger else (refused, ())
        reply = Reply(text, _offered(chat) or menu.doors(), calls=calls)
        return Move(reply, chat.step, chat.draft, echo="")
    if turn.choice == "cancel":
        return menu.cancel(turn)
    if turn.choice == interrupted.WRITE_ON:  # to the question that waited
        turn = replace(turn, incoming=replace(turn.incoming, choice=""))
    return _stepped(chat, turn, STEPS.get(chat.step, free.told))


def _stepped(chat: Chat, turn: Turn, step: Step) -> Move:
    """Words and photographs, to the step that waits."""
    if not turn.incoming.photos:
        return step(turn)
    waits = chat.step if chat.step in STEPS else ""
    return photos.came(turn, waits, step if waits else free.shown, reply_in(chat))


def _opened(chat: Chat, turn: Turn) -> Move | None:
    """What opens from anywhere, whatever waits."""
    choice = turn.choice
    if choice in commands.LANGUAGES:
        return _again(chat, turn)
    if choice == "emergency" and turn.text:
        return _told_in_danger(chat, turn)
    midway = interrupted.emergency(turn, chat.step) if choice == "emergency" else None
    if midway is not None:
        return midway
    pictured = choice == "saved" and turn.incoming.photos and chat.step == "tip.after"
    if choice not in OPENERS or pictured:
        return None
    # Asking for the code anew goes on counting wrong ones; all else starts with nothing.
    fresh = replace(turn, draft=chat.draft if choice == "receipt" else {})
    if choice == "tip" and turn.incoming.photos:
        return photos.came(fresh, "tip.start", tips.start, None)
    return OPENERS[choice](fresh)


def _told_in_danger(chat: Chat, turn: Turn) -> Move:
    """The numbers, and the words behind the command: to the tip that waits, or offered as one."""
    waits = chat.step in STEPS and chat.step in photos.TELLING | photos.SENT
    typed = replace(turn.incoming, choice="")
    if waits:
        move = _stepped(chat, replace(turn, incoming=typed), STEPS[chat.step])
    else:
        move = _stepped(Chat(), replace(turn, incoming=typed, draft={}), free.shown)
    text = f"{say('menu.emergency')}\n\n{move.reply.text}"
    return replace(move, reply=replace(move.reply, text=text, calls=menu.CALLS))


def _numbers_first(chat: Chat, turn: Turn, move: Move) -> Move:
    """Danger may be told at any step; those of a tip know themselves what was shown already."""
    of_tip = turn.choice == "tip" if turn.choice else chat.step.startswith("tip.")
    if not turn.text or move.reply.calls or of_tip:
        return move
    return replace(move, reply=replace(move.reply, calls=menu.calls(turn, turn.text)))


def _again(chat: Chat, turn: Turn) -> Move:
    """The same question, now in the other language; numbers to call and a receipt stay."""
    step, said = STEPS.get(chat.step, menu.hello), reply_in(chat)
    move = step(replace(turn, incoming=Incoming()))
    calls = said.calls if said else ()
    return replace(move, reply=replace(move.reply, calls=move.reply.calls or calls))


def _refusal(chat: Chat, incoming: Incoming) -> str:
    """Why this cannot be taken here; empty if it can."""
    if incoming.choice in (WITHHELD, UNREAD):
        return say("menu.withheld" if incoming.choice == WITHHELD else "photo.unread")
    asked = reply_in(chat)
    if incoming.at and not (asked and asked.asks_place):
        return say("menu.place_later")
    forged = incoming.choice and incoming.choice not in chat.offered
    return say("menu.forged") if forged else ""


def _pressed(chat: Chat, incoming: Incoming) -> Incoming:
    """What is meant without a press: "2", the label, or its first words, with or without marks."""
    if incoming.choice:
        return commands.linked(incoming.choice) or incoming
    if not incoming.text:
        return incoming
    command = commands.meant(incoming.text)
    if command is not None:
        nothing = command.choice == "cancel" and "cancel" not in chat.offered  # to cancel
        return replace(
            command, choice="home" if nothing else command.choice, photos=incoming.photos
        )
    typed = _plain(incoming.text)
    offered = _offered(chat)
    numbered = _numbered(chat, typed, offered)
    if numbered:
        return Incoming(choice=numbered)
    whole = [choice.id for choice in offered if _plain(choice.label) == typed]
    # "Có" is enough for "Có, đang nguy hiểm", unless two buttons begin so.
    begun = [choice.id for choice in offered if _plain(choice.label.split(",")[0]) == typed]
    for meant in (whole, begun):
        if len(meant) == 1:
            return Incoming(choice=meant[0])
    answered = answers.pressed(incoming.text, [choice.id for choice in offered])
    return Incoming(choice=answered) if answered else incoming


def _numbered(chat: Chat, typed: str, offered: tuple[Choice, ...]) -> str:
    """The button of this number. Where a place is asked for a number may be its name: "ấp 3"."""
    if not (typed.isdecimal() and len(typed) <= _DIGITS and 1 <= int(typed) <= len(offered)):
        return ""
    choice, said = offered[int(typed) - 1].id, reply_in(chat)
    names = said is not None and said.asks_place
    return "" if names and not choice.startswith(places.AT) else choice


def _plain(text: str) -> str:
    """Letters and digits without marks, lower case."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    return " ".join("".join(c if c.isalnum() else " " for c in _bare(decomposed)).split())


def _bare(decomposed: str) -> str:
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _offered(chat: Chat) -> tuple[Choice, ...]:
    said = reply_in(chat)
    return said.choices if said else ()


def _after(before: Chat, incoming: Incoming, meant: Incoming, move: Move) -> Chat:
    echo = move.echo
    if echo is None and incoming.at:
        echo = say("menu.place_shared")
    if echo is None:
        labels = {choice.id: choice.label for choice in _offered(before)}
        said = incoming.text.strip() or labels.get(meant.choice, "")
        echo = "\n".join(filter(None, (said, photos.told(len(incoming.photos)))))
    kept = () if move.wipe else before.lines
    spoken = (citizen_line(echo),) if echo else ()
    lines = (*kept, *spoken, bot_line(replace(move.reply, language=language())))
    offered = tuple(choice.id for choice in move.reply.choices)
    # Whoever has everything erased has chosen no language either.
    chosen = VIETNAMESE if meant.choice == "erase" else language()
    return Chat(move.step, dict(move.draft), offered, lines, chosen)
