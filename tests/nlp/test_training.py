"""Training: the same data gives the same bytes, and nothing is measured on what was learnt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nlp import corpus, faq, measures, methods, tipmodel
from nlp.categories import labels
from nlp.concepts import WORDS_FILE
from nlp.features import codes, of
from nlp.learner import Document, fit
from nlp.letters import strip_marks
from nlp.model import BrokenModelError, Linear, load, save
from nlp.signals import CUES_FILE
from nlp.text import normalise
from nlp.twins import FILE as TWINS_FILE
from tests.nlp.models import DATA, MODELS

ROOT = DATA.parent
LARGEST = 5_000_000  # bytes of one model file
LARGEST_OF_TIPS = 2_000_000
# Models with lessons of their own: which digest of the corpus they carry.
OWN = {
    faq.FAQ_FILE: "faq_digest",
    faq.PIECES_FILE: "faq_digest",
    methods.METHODS_FILE: "check_digest",
}


def small_data(folder: Path, share: int) -> Path:
    """Every `share`-th row of the corpus and of data/faq, the whole taxonomy."""
    for kind in ("corpus", "taxonomy"):
        (folder / kind).mkdir(parents=True)
    for path in (DATA / "taxonomy").glob("*.json"):
        (folder / "taxonomy" / path.name).write_bytes(path.read_bytes())
    for path in (DATA / "corpus").glob("*.jsonl"):
        rows = path.read_text("utf-8").splitlines(keepends=True)
        (folder / "corpus" / path.name).write_text("".join(rows[::share]), "utf-8")
    for path in (DATA / "corpus").glob("*.json"):
        lists = {key: rows[::share] for key, rows in json.loads(path.read_text("utf-8")).items()}
        (folder / "corpus" / path.name).write_text(json.dumps(lists), "utf-8")
    small_answers(folder / "faq", share)
    return folder


def small_answers(folder: Path, share: int) -> None:
    folder.mkdir()
    for path in (DATA / "faq").iterdir():
        head, title, wordings = path.read_text("utf-8").partition("\n## Cách hỏi khác\n\n")
        kept = "".join(wordings.splitlines(keepends=True)[::share])
        (folder / path.name).write_text(f"{head}{title}{kept}", "utf-8")


def test_same_data_gives_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    data = small_data(tmp_path / "data", 150)
    code = "import sys; from pathlib import Path; from nlp.train import train; "
    code += "train(Path(sys.argv[1]), Path(sys.argv[2]))"

    runs = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", code, str(data), str(tmp_path / seed)],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in ("0", "4242")
    ]
    said = [run.communicate()[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert b"tips.written.macro_f1" in said[0]
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / s).iterdir()} for s in ("0", "4242")
    )
    assert len(first) == 9
    assert first == second


def test_committed_models_belong_to_the_committed_corpus() -> None:
    found = corpus.read(DATA)

    for path in MODELS.glob("*.model"):
        digest = getattr(found, OWN.get(path.name, "digest"))
        assert load(path).notes["data"] == digest, f"{path.name}: run `python -m bot train`"
    assert json.loads((MODELS / WORDS_FILE).read_text("utf-8")) == found.faq_words
    assert json.loads((MODELS / TWINS_FILE).read_text("utf-8"))["data"] == found.digest
    cues = json.loads((MODELS / CUES_FILE).read_text("utf-8"))
    assert {key: tuple(words) for key, words in cues.items()} == found.cues


def test_an_answer_can_be_mended_without_a_training_but_a_wording_cannot(tmp_path: Path) -> None:
    data = small_data(tmp_path / "data", 150)
    path = data / "faq" / "reward.md"
    before, whole = corpus.read(data), path.read_text("utf-8")

    path.write_text(whole.replace("2027-05-21", "2027-05-20"), "utf-8")
    mended = corpus.read(data)
    path.write_text(f"{whole}- báo vậy có gì không\n", "utf-8")
    taught = corpus.read(data)

    assert mended.faq_digest == before.faq_digest
    assert taught.faq_digest != before.faq_digest
    assert taught.digest == before.digest


def test_model_files_are_small_and_survive_saving_again(tmp_path: Path) -> None:
    paths = sorted(MODELS.iterdir())

    assert [path.name for path in paths if path.stat().st_size > LARGEST] == []
    assert (MODELS / "tips.model").stat().st_size <= LARGEST_OF_TIPS
    for path in MODELS.glob("*.model"):
        save(load(path), tmp_path / path.name)
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("damage", [b"", b"xx", b"TIENGLOA1\n", b"TIENGLOA1\n\x02\x00\x00\x00{}"])
def test_a_damaged_model_says_how_to_mend_it(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "tips.model"
    path.write_bytes(damage)

    with pytest.raises(BrokenModelError):
        load(path)
    with pytest.raises(BrokenModelError, match="python -m bot train"):
        load(tmp_path / "missing.model")


def test_a_model_cut_short_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "tips.model"
    path.write_bytes((MODELS / "tips.model").read_bytes()[:-1])

    with pytest.raises(BrokenModelError):
        load(path)


def test_no_text_is_scored_by_a_model_that_learnt_it(tmp_path: Path) -> None:
    """A word only one text has is unknown to the model that scores this text."""
    data = small_data(tmp_path / "data", 20)
    path = data / "corpus" / "tips_a.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for n, row in enumerate(rows):
        row["text"] += f" zyx{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    marked = [str(row["text"]) for row in rows]
    found = corpus.read(data)
    fold_of = dict(zip([e.text for e in found.tips], tipmodel.folds(found), strict=False))

    course = tipmodel.Course.of(found, tipmodel.subjects_of(found))
    for fold in range(tipmodel.TIP_FOLDS):
        seen = course.names_of(course.kept(without=fold))
        for text in marked:
            word = normalise(text).stripped[-1]
            assert (f"~{word}" in seen) is not (fold_of[text] == fold)


def test_writings_of_one_text_share_a_fold() -> None:
    for text in ("Trộm xe ở chợ Bến Thành", "đang cháy lớn quá trời", "Ðánh bạc!!!"):
        folds = {tipmodel.fold_of(normalise(w)) for w in (text, text.upper(), strip_marks(text))}
        assert len(folds) == 1


def test_texts_that_are_nearly_alike_share_a_fold(tmp_path: Path) -> None:
    """Otherwise a text would be scored by a model that learnt its twin."""
    story = "hôm qua có hai thanh niên lạ mặt bẻ khóa xe máy của chị bán bún trước cổng chợ huyện"
    twins = [story, f"Dạ chú ơi {story} rồi chạy mất", story.replace("hôm qua", "bữa trước")]
    data = small_data(tmp_path / "data", 200)
    rows = [{"text": text, "category": "theft", "urgent": False} for text in twins]
    path = data / "corpus" / "tips_a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    found = tipmodel.folds(corpus.read(data))

    assert len(set(found[: len(twins)])) == 1


def test_a_learnt_model_tells_its_labels_apart() -> None:
    model = tiny_model()

    assert best(model, "có trộm chó trong xóm") == "theft"
    assert best(model, "đám cháy to quá") == "fire"
    assert model.margins(codes(normalise("xyz"))) == [0.0, 0.0]


def tiny_model() -> Linear:
    texts = {
        "theft": ["trộm xe", "trộm chó", "bị trộm vào nhà", "mất trộm"],
        "fire": ["cháy nhà", "đám cháy", "cháy lớn quá", "đang cháy"],
    }
    documents = [
        Document(tuple(of(normalise(text))), {n: 1.0 if n == label else -1.0 for n in texts})
        for label, its in texts.items()
        for text in its
    ]
    return fit(documents, list(texts), keep=50)


def best(model: Linear, text: str) -> str:
    margins = model.margins(codes(normalise(text)))
    return model.labels[margins.index(max(margins))]


def test_limits_keep_their_promise() -> None:
    scored = [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False)]

    assert measures.limit_for_precision(scored, 1.0, 2) == 0.8
    assert measures.limit_for_precision(scored, 0.75, 2) == 0.6
    assert measures.limit_for_precision(scored, 1.0, 3) > 1.0
    assert measures.limit_for_recall([0.9, 0.5, 0.4, 0.1], 0.75) <= 0.4


@pytest.mark.parametrize(
    "row", ["xx", "[]", '{"text": "", "category": "theft"}', '{"text": "a", "category": "sport"}']
)
def test_a_broken_row_is_named_by_file_and_line(tmp_path: Path, row: str) -> None:
    data = small_data(tmp_path / "data", 200)
    path = data / "corpus" / "tips_a.jsonl"
    path.write_text(f"{row}\n", "utf-8")

    with pytest.raises(corpus.BrokenCorpusError, match=r"tips_a\.jsonl:1"):
        corpus.read(data)


def test_the_model_scores_every_category_of_the_taxonomy() -> None:
    assert load(MODELS / "tips.model").labels == labels(corpus.read(DATA).categories)
