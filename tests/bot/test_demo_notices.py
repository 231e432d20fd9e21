"""What the demo shows of notices: every step of one, real texts, and readers who can be counted."""

from collections import Counter

import pytest

from bot import demo
from desk import contacts, notices, officers
from desk.desk import Office
from desk.drafts import Aim
from desk.officers import Signed
from storage.models import Notice

RACHKIEN, PROVINCE = "28114", "80"


@pytest.fixture
def seeded(office: Office) -> Office:
    demo.seed(office)
    return office


def ngan(office: Office) -> Signed:
    """An officer of the province, who sees the notices of all its stations."""
    with office.begin("desk") as desk:
        found = next(o for o in officers.colleagues(desk, PROVINCE) if o.username == "ngan")
    return Signed(found, b"")


def all_notices(office: Office) -> list[Notice]:
    signed = ngan(office)
    with office.begin("desk", signed.id) as desk:
        return notices.listed(desk, signed)


def test_the_demo_has_notices_at_every_step_and_officers_who_can_go_on(seeded: Office) -> None:
    found = all_notices(seeded)

    assert Counter(n.state for n in found) == {
        "published": 4,
        "waiting": 1,
        "draft": 1,
        "recalled": 1,
    }
    assert all(n.approved_by not in (None, n.written_by) for n in found if n.publish_at)


def test_a_sample_commune_shows_notices_and_a_number_to_call(seeded: Office) -> None:
    with seeded.begin("intake") as desk:
        shown = notices.public(desk, [RACHKIEN])
        contact = contacts.find(desk, RACHKIEN)

    assert [n.state for n in shown] == ["published", "published", "recalled", "published"]
    assert contact is not None
    assert all(contact.duty_phone in n.contact for n in shown if n.station_code == RACHKIEN)


def test_sample_readers_are_enough_to_be_counted_and_few_enough_to_be_hidden(
    seeded: Office,
) -> None:
    signed = ngan(seeded)
    with seeded.begin("desk", signed.id) as desk:

        def reach(**chosen: str) -> int:
            aim = Aim((RACHKIEN,), chosen.get("topic", "money"), desk.today, "topic" in chosen)
            if "audience" in chosen:
                aim = Aim((RACHKIEN,), "money", desk.today, audience=chosen["audience"])
            return notices.reach(desk, aim)

        assert reach() == 37
        assert reach(topic="money") == 34
        assert reach(audience="school") == 0, "fewer than 20: not told"


def test_a_second_start_adds_nothing(seeded: Office) -> None:
    before = len(all_notices(seeded))

    demo.seed(seeded)

    assert len(all_notices(seeded)) == before
