"""JSON Lines in, JSON Lines out: classify, locate, answer, check. Same order, one object per line.

A bad line gets an error object and the run goes on. No error repeats what the line said.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from nlp.faq import Questions
from nlp.judge import Judge
from nlp.methods import Methods

COMMANDS = ("classify", "locate", "answer", "check")

Row = Mapping[str, object]
Result = dict[str, object]
_DIGITS = 4  # of a probability


class BadLineError(Exception):
    """A line that cannot be understood; the text says what is missing, never what was there."""


def run(command: str, source: Iterable[str], sink: Callable[[str], None], data: Path) -> None:
    """Answer every line.

    Args:
        command: one of COMMANDS.
        source: lines, with or without their line ends.
        sink: takes one line at a time, without its end.
        data: the folder that holds models/ and gazetteer/.
    """
    answered = answers(command, data)
    for line in source:
        sink(answered(line))


def answers(command: str, data: Path) -> Callable[[str], str]:
    """Load what a command needs; returns what answers one line, with no line end."""
    answer = _MAKERS[command](data)
    return lambda line: _dumped(_answered(line, answer))


def _answered(line: str, answer: Callable[[Row], Result]) -> Result:
    try:
        row = _parsed(line)
    except BadLineError as error:
        return {"error": str(error)}
    known: Result = {"id": row["id"]} if "id" in row else {}
    try:
        return {"id": row.get("id"), **answer(row)}
    except BadLineError as error:
        return {**known, "error": str(error)}
    except Exception as error:  # noqa: BLE001 - one odd line must not end the run
        return {**known, "error": f"could not be judged ({type(error).__name__})"}


def _parsed(line: str) -> Row:
    try:
        row = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadLineError("not JSON") from error
    if not isinstance(row, dict):
        raise BadLineError("not a JSON object")
    return row


def _no_constant(_: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _dumped(result: Result) -> str:
    text = json.dumps(result, ensure_ascii=False)
    # Half a surrogate pair cannot be written as UTF-8; its backslash form is the JSON for it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(row: Row, key: str) -> str:
    text = row.get(key)
    if not isinstance(text, str):
        raise BadLineError(f'no "{key}", or it is no string')
    return text


def _classifier(data: Path) -> Callable[[Row], Result]:
    judge = Judge.load(data / "models")

    def classify(row: Row) -> Result:
        text = _text(row, "text")
        found = judge.judge(text)
        return {
            "kind": found.kind,
            "category": found.category,
            "confidence": round(found.confidence, _DIGITS),
            "top": [
                {"category": score.category, "confidence": round(score.confidence, _DIGITS)}
                for score in found.top
            ],
            "auto": found.auto,
            "urgent": found.urgent,
            "call": found.call,
            "in_scope": found.in_scope,
            "evidence": list(judge.evidence(text, found.category)),
        }

    return classify


def _locator(data: Path) -> Callable[[Row], Result]:
    # The gazetteer is megabytes; the other three commands do without it.
    from nlp.gazetteer import Gazetteer  # noqa: PLC0415 - as above
    from nlp.places import Home, Router  # noqa: PLC0415 - as above

    router = Router(Gazetteer.load(data / "gazetteer"))

    def locate(row: Row) -> Result:
        province, communes = _home(row.get("home"))
        home = Home(province, communes) if province or communes else None
        found = router.locate(_text(row, "text"), home)
        return {
            "decision": found.decision,
            "code": found.code,
            "candidates": list(found.candidates),
            "reason": found.reason,
        }

    return locate


def _home(home: object) -> tuple[str | None, frozenset[str]]:
    if home is None:
        return None, frozenset()
    if not isinstance(home, dict):
        raise BadLineError('"home" is no object')
    province, communes = home.get("province"), home.get("communes") or []
    if not isinstance(province, str | None) or not (
        isinstance(communes, list) and all(isinstance(code, str) for code in communes)
    ):
        raise BadLineError('"home" has codes that are no strings')
    return province, frozenset(communes)


def _answerer(data: Path) -> Callable[[Row], Result]:
    questions = Questions.load(data / "models")

    def answer(row: Row) -> Result:
        found = questions.answer(_text(row, "question"))
        return {
            "decision": found.decision,
            "intent": found.intent,
            "suggestions": list(found.suggestions),
        }

    return answer


def _checker(data: Path) -> Callable[[Row], Result]:
    methods = Methods.load(data / "models")

    def check(row: Row) -> Result:
        found = methods.check(_text(row, "text"))
        return {
            "verdict": found.verdict,
            "method": found.method,
            "top": list(found.top),
            "signs": list(found.signs),
        }

    return check


_MAKERS: dict[str, Callable[[Path], Callable[[Row], Result]]] = {
    "classify": _classifier,
    "locate": _locator,
    "answer": _answerer,
    "check": _checker,
}
