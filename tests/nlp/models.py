"""The models of this repository, loaded once for all tests of nlp."""

import json
from functools import cache
from pathlib import Path

from nlp.faq import Questions
from nlp.judge import Judge
from nlp.methods import Methods

DATA = Path(__file__).parents[2] / "data"
MODELS = DATA / "models"
GOLDEN = Path(__file__).parent / "golden"


@cache
def judge() -> Judge:
    return Judge.load(MODELS)


@cache
def questions() -> Questions:
    return Questions.load(MODELS)


@cache
def methods() -> Methods:
    return Methods.load(MODELS)


def golden(name: str) -> list[dict[str, str]]:
    lines = (GOLDEN / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]
