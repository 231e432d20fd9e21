"""Writing down what somebody tells at the desk or on the phone; the receipt, big and printable."""

from uuid import UUID, uuid4

from console import stations, words
from console.refusals import NoSuchChoiceError, NoSuchStationError, SeveralPlacesError
from console.visit import Answer, Show, Visit
from desk import stations as offices
from desk import walkins
from desk.tips import TEXT_LIMIT
from desk.walkins import Told

FIELD_LIMIT = 200  # characters


def show(visit: Visit) -> Answer:
    """The form. It has no field for whoever tells."""
    return Show(
        "walkin.html",
        {
            "id": visit.form.get("tip") if visit.alert else uuid4(),
            "typed": visit.form if visit.alert else {},
            "told_names": words.TOLD_NAMES,
            "limit": TEXT_LIMIT,
            "field_limit": FIELD_LIMIT,
            "stations": offices.of_province(visit.desk, visit.where.province_code),
            "home": visit.where,
        },
    )


def enter(visit: Visit) -> Answer:
    """Store it, and show the receipt this once."""
    form = visit.form
    try:
        tip = UUID(form.get("tip", ""))
    except ValueError:
        raise NoSuchChoiceError from None
    if form.get("told") not in walkins.TOLD:
        raise NoSuchChoiceError
    told = Told(
        text=form.get("text", ""),
        told=form["told"],
        place=_place(visit),
        place_words=form.get("place_words", "").strip()[:FIELD_LIMIT],
        when_words=form.get("when", "").strip()[:FIELD_LIMIT],
    )
    done = walkins.enter(visit.desk, visit.who, tip, told)
    known = {"tip": walkins.id_of(visit.who, tip), "address": visit.facts.public_url}
    return Show("receipt.html", {"done": done, **known})


def _place(visit: Visit) -> str | None:
    typed = visit.form.get("place", "").strip()
    if not typed:
        return None
    found = stations.pick(visit.desk, typed, visit.where.province_code)
    if not found:
        raise NoSuchStationError
    if len(found) > 1:
        raise SeveralPlacesError
    return found[0].code
