"""Questions the chat could not answer: kept as words it knows anyway, taught with one click.

Never of a tip or an opinion, and shown to nobody before they were asked on three different days:
what one person alone asks is seen by nobody.
"""

from datetime import timedelta

from desk import audit
from desk.desk import Desk
from desk.errors import NoSuchMissError
from desk.officers import Signed
from nlp.letters import strip_marks
from storage import misses
from storage.misses import Miss
from storage.models import QuestionAlias, QuestionMiss

DAYS = 3  # different days on which it must have been asked before anybody sees it
KEEP = timedelta(days=60)
SHOWN = 50
_FEWEST, _MOST = 2, 12  # words: one word is no question, a long text may be a story
_NEAR = 0.8  # of all words of both; five words of which one differs are still near


def words_of(desk: Desk, text: str) -> str:
    """What may be kept of a question: words of the vocabulary; nothing of a tip or an opinion."""
    judgement = desk.tools.judge.judge(text)
    if judgement.kind != "question" or judgement.urgent:
        return ""
    words = desk.tools.questions.known_words(text)
    return " ".join(words) if _FEWEST <= len(words) <= _MOST else ""


def keep(desk: Desk, words: str) -> None:
    """One more day on which these words found no answer."""
    if words:
        misses.put(desk.session, QuestionMiss(key=_key(words), day=desk.today, words=words))


def waiting(desk: Desk) -> list[Miss]:
    """What may be shown, most days first."""
    return misses.waiting(desk.session, DAYS, SHOWN)


def taught(desk: Desk) -> list[QuestionAlias]:
    """What officers have said such questions mean."""
    return misses.aliases(desk.session)


def teach(desk: Desk, signed: Signed, key: str, intent: str) -> None:
    """These words ask this question, from now on.

    Raises:
        NoSuchMissError: somebody else has dealt with it, or there is no such answer.
    """
    if intent not in desk.tools.answers or not misses.forget(desk.session, key):
        raise NoSuchMissError
    row = QuestionAlias(key=key, intent=intent, added_on=desk.today)
    misses.put_alias(desk.session, row)
    _record(desk, signed, "faq.worded", intent)


def drop(desk: Desk, signed: Signed, key: str) -> None:
    """These words are no question of ours, or what was said they mean was wrong.

    Raises:
        NoSuchMissError: somebody else has dealt with it.
    """
    gone = [misses.forget(desk.session, key), misses.drop_alias(desk.session, key)]
    if not any(gone):
        raise NoSuchMissError
    _record(desk, signed, "faq.dropped", "")


def meant(desk: Desk, text: str) -> tuple[str, bool] | None:
    """What officers said a question means, and whether in just these words; None: nothing."""
    words = set(_key(" ".join(desk.tools.questions.known_words(text))).split())
    best, nearest = "", 0.0
    for alias in misses.aliases(desk.session):
        own = set(alias.key.split())
        near = len(own & words) / len(own | words)
        if near > nearest:
            best, nearest = alias.intent, near
    return (best, nearest == 1.0) if nearest >= _NEAR else None


def forget(desk: Desk) -> None:
    """Delete what was asked too long ago."""
    misses.purge(desk.session, desk.today - KEEP)


def _key(words: str) -> str:
    return " ".join(sorted(set(strip_marks(words).split())))


def _record(desk: Desk, signed: Signed, deed: str, detail: str) -> None:
    station = signed.officer.station_code
    audit.record(desk, deed, officer=signed.id, station=station, detail=detail)
