"""What every desk may use, read from the data folder of this repository once per run."""

import json
from pathlib import Path

from desk.desk import Tools
from nlp.faq import Questions
from nlp.gazetteer import Gazetteer
from nlp.judge import Judge
from nlp.methods import Methods
from nlp.places import Router
from storage.keyring import Keyring
from storage.vault import PASSWORD_COST, PasswordCost

DATA = Path(__file__).parent.parent / "data"
MODELS = DATA / "models"


def load(keyring: Keyring, password_cost: PasswordCost = PASSWORD_COST) -> Tools:
    """Models, gazetteer and keys."""
    gazetteer = Gazetteer.load(DATA / "gazetteer")
    return Tools(
        keyring=keyring,
        gazetteer=gazetteer,
        router=Router(gazetteer),
        judge=Judge.load(MODELS),
        questions=Questions.load(MODELS),
        methods=Methods.load(MODELS),
        intent_names=_names("faq_intents.json", "description"),
        method_names=_names("scam_methods.json", "name"),
        password_cost=password_cost,
    )


def _names(file: str, field: str) -> dict[str, str]:
    rows = json.loads((DATA / "taxonomy" / file).read_text(encoding="utf-8"))
    return {row["id"]: row[field] for row in rows}
