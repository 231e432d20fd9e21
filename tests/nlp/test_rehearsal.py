"""The rehearsal of a list: it counts right, and what it leaves out could not have changed."""

import json
from pathlib import Path

import pytest

from nlp.judge import Judge, Judgement
from nlp.localwords import LocalWord, LocalWords
from nlp.rehearsal import Rehearsal
from nlp.text import Views
from tests.nlp.models import DATA, judge

FILE = DATA / "evaluation" / "tips.jsonl"
REHEARSAL = Rehearsal(FILE)
LISTS = {
    "harmless": [LocalWord("sốc dĩa", "đánh bạc"), LocalWord("dộng", "đánh")],
    "common": [LocalWord("xe", "nhà"), LocalWord("hôm qua", "bây giờ"), LocalWord("bị", "không")],
    "ruin": [LocalWord("trộm", "cảm ơn"), LocalWord("cháy", "xin chào")],
}


class Counting(Judge):
    """The judge of this repository; counts what it is asked."""

    asked = 0

    def judged(self, views: Views) -> Judgement:
        """Count and judge."""
        Counting.asked += 1
        return super().judged(views)


def everything(judge_: Judge, other: LocalWords) -> list[tuple[Judgement, Judgement]]:
    """Every text judged twice, from its letters."""
    taught = judge_.taught(other)
    return [
        (judge_.judge(example.text), taught.judge(example.text)) for example in REHEARSAL.examples
    ]


@pytest.mark.parametrize(("today", "name"), [("none", "ruin"), ("some", "harmless")])
def test_judging_all_texts_again_gives_the_same_figures(today: str, name: str) -> None:
    now = judge() if today == "none" else judge().taught(LocalWords(LISTS["common"]))
    other = LocalWords([*now.words.entries, *LISTS[name]])

    effect = REHEARSAL.effect(now, other)

    pairs = everything(now, other)
    examples = REHEARSAL.examples
    differ = [
        example.text
        for example, (a, b) in zip(examples, pairs, strict=True)
        if (a.kind, a.category, a.urgent) != (b.kind, b.category, b.urgent)
    ]
    assert [change.text for change in effect.changed] == differ
    for side, figures in enumerate((effect.before, effect.after)):
        said = [pair[side] for pair in pairs]
        known = list(zip(examples, said, strict=True))
        assert figures.right == sum(one.category in example.fits for example, one in known)
        assert len(figures.kept) == sum(e.tip and one.kind == "tip" for e, one in known)
        assert len(figures.heard) == sum(e.urgent and one.urgent for e, one in known)


def test_only_texts_that_hold_the_word_are_judged_again() -> None:
    own = Counting(judge()._model, judge()._subjects)
    rehearsal = Rehearsal(FILE)
    rehearsal.effect(own, LocalWords(LISTS["harmless"]))
    first, Counting.asked = Counting.asked, 0

    effect = rehearsal.effect(own, LocalWords([LocalWord("xe máy", "xe đạp")]))

    holding = sum("xe máy" in text or "xe may" in text for text in lowered())
    assert first >= len(rehearsal.examples)
    assert Counting.asked == effect.holding
    assert abs(effect.holding - holding) <= holding // 10  # "Xe  máy", "xe. Máy"


def lowered() -> list[str]:
    return [json.loads(line)["text"].lower() for line in FILE.read_text("utf-8").splitlines()]


def test_a_word_that_means_nothing_bad_loses_tips() -> None:
    effect = REHEARSAL.effect(judge(), LocalWords([LocalWord("trộm", "cảm ơn")]))

    assert effect.lost > 1
    assert effect.after.right < effect.before.right


def test_a_word_that_means_the_past_leaves_danger_unheard() -> None:
    effect = REHEARSAL.effect(judge(), LocalWords([LocalWord("đang", "hôm qua")]))

    assert (effect.lost, effect.unheard > 1) == (0, True)


def test_a_word_nobody_says_changes_nothing() -> None:
    effect = REHEARSAL.effect(judge(), LocalWords([LocalWord("xqzv", "đánh bạc")]))

    assert (effect.holding, effect.lost, effect.unheard, effect.changed) == (0, 0, 0, ())
    assert effect.before == effect.after


def test_the_texts_are_those_of_the_repository() -> None:
    assert len(REHEARSAL.examples) == len(lowered()) == 1053
    assert Path(FILE).name == "tips.jsonl"
