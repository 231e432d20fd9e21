"""Local words that officers taught: which hold, what another one would do, and how it is saved.

They hold for the whole deployment: a word said in one province is written out in every other too.
"""

from dataclasses import dataclass, replace
from functools import partial

from desk import audit, guard, officers, roles
from desk.desk import Desk, Office, Tools
from desk.errors import (
    BadLocalWordError,
    BadMeaningError,
    HarmfulWordError,
    KnownWordError,
    NoSuchWordError,
    NotAllowedError,
    OpinionWordError,
    SameWordError,
    TooManyWordsError,
    UnknownMeaningError,
    WordsChangedError,
)
from desk.officers import Signed
from nlp import localwords as written
from nlp.judge import Judgement
from nlp.letters import fold
from nlp.localwords import MOST, LocalWord, LocalWords
from nlp.rehearsal import Effect
from storage import localwords
from storage.models import LocalWordChange

SENTENCE = 500  # characters of a sentence to try; two or three long ones


@dataclass(frozen=True, slots=True)
class Plan:
    """A word somebody would like to add: today's list, and the list with it."""

    entry: LocalWord
    today: LocalWords
    then: LocalWords


def refresh(desk: Desk) -> bool:
    """Judge by what is saved, once this transaction ends. False: nothing is new."""
    version = localwords.version(desk.session)
    if version == desk.tools.judge.words.version:
        return False
    desk.then(partial(_teach, saved(desk)))
    return True


def saved(desk: Desk) -> LocalWords:
    """The list as it is saved."""
    # The number first: a change in between makes the list look old, and it is read again.
    version = localwords.version(desk.session)
    return LocalWords(map(_entry, localwords.now(desk.session)), version)


def listed(desk: Desk) -> list[tuple[LocalWordChange, str]]:
    """What holds, by word, each with the name of whoever taught it."""
    rows = localwords.now(desk.session)
    names = officers.names(desk, {row.officer_id for row in rows})
    return [(row, names.get(row.officer_id, "")) for row in rows]


def plan(desk: Desk, word: str, meaning: str) -> Plan:
    """See whether a word can be added, before its effect is looked at.

    Raises:
        BadLocalWordError, BadMeaningError, KnownWordError, UnknownMeaningError: as it was typed, it
            cannot be used.
        OpinionWordError: about belief, ethnicity or opinion, which are no matter for this channel.
        SameWordError: it is in the list. TooManyWordsError: the list is full.
    """
    entry = _checked(word, meaning)
    _guard(desk, entry)
    today = saved(desk)
    if today.has(entry):
        raise SameWordError(name=entry.word)
    if len(today.entries) >= MOST:
        raise TooManyWordsError(limit=str(MOST))
    return Plan(entry, today, LocalWords([*today.entries, entry], today.version + 1))


def effect(tools: Tools, plan: Plan) -> Effect:
    """What a planned word does to the known texts. Up to a second of work, and no database."""
    return tools.rehearsal.effect(tools.judge.taught(plan.today), plan.then)


def harm(found: Effect) -> HarmfulWordError | None:
    """Why this must not be saved; None: it may."""
    if found.lost:
        reason = f"máy bỏ sót {found.lost} tin báo thật"
    elif found.unheard:
        reason = f"máy không còn thấy {found.unheard} tin là gấp"
    elif found.after.right < found.before.right:
        reason = f"máy đoán sai thêm {found.before.right - found.after.right} tin"
    else:
        return None
    return HarmfulWordError(part=reason)


def tried(tools: Tools, plan: Plan, sentence: str) -> tuple[Judgement, Judgement]:
    """How a sentence is judged today, and with the planned word. It is kept nowhere."""
    judge = tools.judge
    return judge.taught(plan.today).judge(sentence), judge.taught(plan.then).judge(sentence)


def add(desk: Desk, signed: Signed, plan: Plan, found: Effect) -> None:
    """Save a word whose effect was looked at; this process judges by it once that is stored.

    Raises:
        NotAllowedError: neither an admin nor the province.
        HarmfulWordError: the effect does harm.
        WordsChangedError: the list is another by now, and so is the effect.
    """
    _may(signed)
    refused = harm(found)
    if refused:
        raise refused
    if localwords.hold(desk.session) != plan.today.version:
        raise WordsChangedError
    _put(desk, signed, plan.then.version, plan.entry)
    detail = f"“{plan.entry.word}” = “{plan.entry.meaning}”"
    _record(desk, signed, "words.added", detail)
    desk.then(partial(_teach, plan.then))


def remove(desk: Desk, signed: Signed, word: str) -> None:
    """Take a word back. Always possible: the judgement is as it was without it.

    Raises:
        NotAllowedError: neither an admin nor the province.
        NoSuchWordError: it is not in the list.
    """
    _may(signed)
    version = localwords.hold(desk.session)
    gone = next((row for row in localwords.now(desk.session) if row.word == word), None)
    if gone is None:
        raise NoSuchWordError
    _put(desk, signed, version + 1, LocalWord(word, ""))
    _record(desk, signed, "words.removed", f"“{word}” = “{gone.meaning}”")
    desk.then(partial(_teach, saved(desk)))


def _teach(words: LocalWords, office: Office) -> None:
    """From now on this process judges by these. Whatever has begun keeps the judge it began with.

    Two that are saved at once may come here in the wrong order; the next look puts it right.
    """
    office.tools = replace(office.tools, judge=office.tools.judge.taught(words))


def _checked(word: str, meaning: str) -> LocalWord:
    try:
        return written.checked(word, meaning)
    except written.KnownWordError:
        raise KnownWordError(name=fold(word, SENTENCE).strip()) from None
    except written.BadWordError:
        raise BadLocalWordError from None
    except written.BadMeaningError:
        raise BadMeaningError from None


def _guard(desk: Desk, entry: LocalWord) -> None:
    """No red line is moved by a word, and a slip of the keyboard in the meaning is noticed."""
    for text in entry:
        if guard.about_belief(text) or desk.tools.judge.judge(text).kind == "opinion":
            raise OpinionWordError
    for part in written.words_of(entry.meaning):
        if not desk.tools.judge.knows(part):
            raise UnknownMeaningError(name=part)


def _may(signed: Signed) -> None:
    if signed.officer.role not in roles.ABOVE:
        raise NotAllowedError


def _put(desk: Desk, signed: Signed, version: int, entry: LocalWord) -> None:
    row = LocalWordChange(
        version=version,
        word=entry.word,
        meaning=entry.meaning or None,
        officer_id=signed.id,
        at=desk.at,
    )
    localwords.put(desk.session, row)


def _entry(row: LocalWordChange) -> LocalWord:
    return LocalWord(row.word, row.meaning or "")


def _record(desk: Desk, signed: Signed, deed: str, detail: str) -> None:
    station = signed.officer.station_code
    audit.record(desk, deed, officer=signed.id, station=station, detail=detail)
