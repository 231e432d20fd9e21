"""Asking where: a guess to confirm, buttons when unsure, never a silent default.

The ladder: the words themselves, then buttons, then a hamlet or landmark or the telephone's own
position, and only then "nobody knows", which is the province's duty desk.
"""

from collections.abc import Mapping, Sequence

from desk import hamlets, stations
from handlers.chat import Choice, Reply
from handlers.flow import Draft, Move, Turn
from handlers.menu import button, leave
from handlers.texts import say
from nlp.names import bare_name
from nlp.places import Home, Place
from nlp.spelling import words as split

AT = "at:"  # a button's id is this and the commune's code
UNCLEAR = "unclear"  # in a draft: the words that named a place, and the communes they may mean
NEAR = "near"  # in a draft: the hamlet or landmark that was named
_SHOWN = 6
_OLD_NAMES = 4

Found = str | tuple[tuple[str, ...], str]


def ask(draft: Draft) -> Move:
    """Ask for the commune by name, as if nothing had been said of it."""
    kept = {key: value for key, value in without_guess(draft).items() if key != NEAR}
    return Move(question(say("tip.place")), "tip.place", kept)


def question(text: str, choices: Sequence[Choice] | None = None) -> Reply:
    """A question for a place: pages help to write it, and may send where they are."""
    return Reply(
        text,
        tuple(_leave() if choices is None else choices),
        hint=say("tip.place_hint"),
        asks_place=True,
    )


def suggest(turn: Turn, draft: Draft) -> Move:
    """What the tip's own words say about the place; asks if they say nothing."""
    found = locate(turn, str(draft["text"]))
    if found.decision == "route" and found.code:
        return confirm(turn, found.code, draft)
    if found.decision == "ask" and found.candidates:
        return _which(turn, found.candidates, found.reason, str(draft["text"]), draft)
    return ask(draft)


def confirm(turn: Turn, code: str, draft: Draft) -> Move:
    """Ask whether a guess is right."""
    choices = (Choice(AT + code, say("button.yes"), "primary"), button("elsewhere"), *_leave())
    text = say("tip.place_sure", place=name(turn, code))
    return Move(Reply(text, choices, asks_place=True), "tip.place", without_guess(draft))


def find(turn: Turn, words: str) -> Move | str:
    """The code of the place typed, or the next question."""
    return _next(turn, meant(turn, words), words)


def share(turn: Turn) -> Move | str:
    """The code of the place a telephone shared, or the next question."""
    return _next(turn, nearby(turn), "")


def meant(turn: Turn, words: str) -> Found:
    """The code of the place typed, or the communes it may be and why it is unclear."""
    found = locate(turn, words)
    if found.decision == "route" and found.code:
        return found.code
    known = turn.desk.tools.lookup.communes(words, _SHOWN)
    return found.candidates or tuple(c.code for c in known), found.reason


def nearby(turn: Turn) -> Found:
    """Where a telephone is, as `meant`; what it shared is not kept."""
    boundaries, spot = turn.desk.tools.boundaries, turn.incoming.at
    if boundaries is None or spot is None:
        return (), "no_boundaries"
    found = boundaries.around(spot)
    if found.sure:
        return found.codes[0]
    if len(found.codes) > _SHOWN:
        return (), "too_wide"
    return found.codes, "border" if found.codes else "outside"


def landmark(draft: Draft) -> Move:
    """Which hamlet or landmark is near: for whoever cannot choose between the communes."""
    return Move(question(say("tip.hamlet")), "tip.hamlet", draft)


def narrow(turn: Turn, words: str) -> Move | str:
    """The code of the commune that the hamlet or landmark typed lies in, or the next question."""
    unclear: Mapping[str, object] = turn.draft.get(UNCLEAR, {})
    codes = tuple(str(code) for code in unclear.get("codes", ()))  # type: ignore[attr-defined] # JSON
    before = str(unclear.get("words", ""))
    asked = Place("ask", None, codes, "split", None)
    found = hamlets.settle(turn.desk, asked, f"{before}\n{words}", answer=words)
    if found.code:
        return found.code
    area = Home(communes=frozenset(codes))
    found = turn.desk.tools.router.locate(words, area)
    if found.decision == "route" and found.code in codes:
        return found.code
    named = [code for code in codes if _is_near(turn, code, words)]
    draft = {**turn.draft, NEAR: words}
    if len(named) == 1:
        return confirm(turn, named[0], draft)
    reply = question(say("tip.hamlet_none"), (*buttons(turn, codes), *_leave()))
    return Move(reply, "tip.hamlet", draft)


def name(turn: Turn, code: str | None) -> str:
    """A place as people say it: "Xã Rạch Kiến, Tỉnh Tây Ninh"."""
    if code is None:
        return say("tip.review_unknown_place")
    commune = turn.desk.tools.gazetteer.communes.get(code)
    if commune is None:
        return province_name(turn, code)
    return f"{commune.name}, {province_name(turn, commune.province_code)}"


def typed(turn: Turn, code: str | None, words: str) -> str:
    """A place, with what was typed: whoever wrote an old name may not know the new one."""
    place = name(turn, code)
    return say("tip.review_typed", place=place, words=words) if words else place


def which_province(turn: Turn, draft: Draft) -> Move:
    """Ask for the province alone: of those that take tips."""
    receiving = stations.receiving_provinces(turn.desk)
    choices = tuple(Choice(AT + s.code, province_name(turn, s.code)) for s in receiving)
    text = say("tip.place_province" if choices else "tip.not_receiving")
    return Move(Reply(text, choices + leave()), "tip.place", without_guess(draft))


def province_name(turn: Turn, code: str) -> str:
    """A province's name."""
    province = turn.desk.tools.gazetteer.provinces.get(code)
    return province.name if province else code


def province_of(turn: Turn, codes: Sequence[str]) -> str:
    """The one receiving province all these communes lie in; the only one there is; or nothing."""
    receiving = {station.code for station in stations.receiving_provinces(turn.desk)}
    communes = turn.desk.tools.gazetteer.communes
    about = {communes[code].province_code for code in codes if code in communes} or receiving
    return min(about) if len(about) == 1 and about <= receiving else ""


def buttons(turn: Turn, codes: Sequence[str]) -> tuple[Choice, ...]:
    """Communes to choose from, each with what it was made of."""
    return tuple(Choice(AT + code, _label(turn, code)) for code in codes[:_SHOWN])


def without_guess(draft: Draft) -> Draft:
    """A draft in which no place is unclear any more."""
    return {key: value for key, value in draft.items() if key != UNCLEAR}


def locate(turn: Turn, words: str) -> Place:
    """What the router makes of words, with the hamlets that communes have listed."""
    return hamlets.settle(turn.desk, turn.desk.tools.router.locate(words, _home(turn)), words)


def _leave() -> tuple[Choice, ...]:
    return button("unknown_place"), *leave()


def _home(turn: Turn) -> Home | None:
    """The one province that takes tips here, if it is one: it tilts, it never decides."""
    receiving = stations.receiving_provinces(turn.desk)
    return Home(province=receiving[0].code) if len(receiving) == 1 else None


def _next(turn: Turn, found: Found, words: str) -> Move | str:
    if isinstance(found, str):
        return found
    codes, reason = found
    if codes:
        return _which(turn, codes, reason, words, turn.draft)
    text = say(
        {
            "no_boundaries": "tip.spot_none",
            "outside": "tip.spot_outside",
            "too_wide": "tip.spot_wide",
        }.get(reason, "tip.place_none")
    )
    return Move(question(text), "tip.place", without_guess(turn.draft))


def unsure(reason: str) -> str:
    """The question above several communes."""
    return say(
        {"split": "tip.place_split", "border": "tip.place_border"}.get(reason, "tip.place_which")
    )


def _which(turn: Turn, codes: Sequence[str], reason: str, words: str, draft: Draft) -> Move:
    reply = question(unsure(reason), (*buttons(turn, codes), *_leave()))
    unclear = {"words": words, "codes": list(codes[:_SHOWN])}
    return Move(reply, "tip.place", {**draft, UNCLEAR: unclear})


def _is_near(turn: Turn, code: str, words: str) -> bool:
    """Whether the words hold this commune's name, or that of one it was made of."""
    commune = turn.desk.tools.gazetteer.communes[code]
    said = f" {' '.join(w.plain for w in split(words))} "
    names = (bare_name(name)[1] for name in (commune.name, *commune.formerly))
    plain = (" ".join(w.plain for w in split(name)) for name in names)
    # One word, or a number, is too little to guess by.
    return any(" " in name and f" {name} " in said for name in plain)


def _label(turn: Turn, code: str) -> str:
    commune = turn.desk.tools.gazetteer.communes.get(code)
    if commune is None or not commune.formerly:
        return name(turn, code)
    names = ", ".join(commune.formerly[:_OLD_NAMES])
    more = "…" if len(commune.formerly) > _OLD_NAMES else ""
    return f"{name(turn, code)} ({say('tip.formerly', names=names + more)})"
