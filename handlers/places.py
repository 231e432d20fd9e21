"""Asking where: a guess to confirm, buttons when unsure, never a silent default."""

from desk import stations
from handlers.chat import Choice, Reply
from handlers.flow import Draft, Move, Turn
from handlers.menu import button
from handlers.texts import say
from nlp.places import Home, Place

AT = "at:"  # a button's id is this and the commune's code
_LEAVE = (button("unknown_place"), button("back", "quiet"), button("cancel", "quiet"))
_SHOWN = 6
_OLD_NAMES = 4


def ask(draft: Draft) -> Move:
    """Ask for the commune by name."""
    return Move(Reply(say("tip.place"), _LEAVE, hint=say("tip.place_hint")), "tip.place", draft)


def suggest(turn: Turn, draft: Draft) -> Move:
    """What the tip's own words say about the place; asks if they say nothing."""
    found = _locate(turn, str(draft["text"]))
    if found.decision == "route" and found.code:
        choice = Choice(AT + found.code, say("button.yes"), "primary")
        text = say("tip.place_sure", place=name(turn, found.code))
        return Move(Reply(text, (choice, button("elsewhere"), *_LEAVE)), "tip.place", draft)
    if found.decision == "ask" and found.candidates:
        return _which(_buttons(turn, found.candidates), found.reason, draft)
    return ask(draft)


def find(turn: Turn, words: str) -> Move | str:
    """The code of the place typed, or the next question."""
    found = meant(turn, words)
    if isinstance(found, str):
        return found
    candidates, reason = found
    if candidates:
        return _which(candidates, reason, turn.draft)
    reply = Reply(say("tip.place_none"), _LEAVE, hint=say("tip.place_hint"))
    return Move(reply, "tip.place", turn.draft)


def meant(turn: Turn, words: str) -> str | tuple[tuple[Choice, ...], str]:
    """The code of the place typed, or the places it may be, as buttons, and why it is unclear."""
    found = _locate(turn, words)
    if found.decision == "route" and found.code:
        return found.code
    codes = found.candidates or tuple(
        c.code for c in turn.desk.tools.lookup.communes(words, _SHOWN)
    )
    return _buttons(turn, codes), found.reason


def name(turn: Turn, code: str | None) -> str:
    """A place as people say it: "Xã Rạch Kiến, Tỉnh Tây Ninh"."""
    if code is None:
        return say("tip.review_unknown_place")
    commune = turn.desk.tools.gazetteer.communes.get(code)
    if commune is None:
        return province_name(turn, code)
    return f"{commune.name}, {province_name(turn, commune.province_code)}"


def province_name(turn: Turn, code: str) -> str:
    """A province's name."""
    province = turn.desk.tools.gazetteer.provinces.get(code)
    return province.name if province else code


def _locate(turn: Turn, words: str) -> Place:
    return turn.desk.tools.router.locate(words, _home(turn))


def _home(turn: Turn) -> Home | None:
    """The one province that takes tips here, if it is one: it tilts, it never decides."""
    receiving = stations.receiving_provinces(turn.desk)
    return Home(province=receiving[0].code) if len(receiving) == 1 else None


def _buttons(turn: Turn, codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(AT + code, _label(turn, code)) for code in codes[:_SHOWN])


def _which(choices: tuple[Choice, ...], reason: str, draft: Draft) -> Move:
    text = say("tip.place_split" if reason == "split" else "tip.place_which")
    return Move(Reply(text, choices + _LEAVE, hint=say("tip.place_hint")), "tip.place", draft)


def _label(turn: Turn, code: str) -> str:
    commune = turn.desk.tools.gazetteer.communes.get(code)
    if commune is None or not commune.formerly:
        return name(turn, code)
    names = ", ".join(commune.formerly[:_OLD_NAMES])
    more = "…" if len(commune.formerly) > _OLD_NAMES else ""
    return f"{name(turn, code)} ({say('tip.formerly', names=names + more)})"
