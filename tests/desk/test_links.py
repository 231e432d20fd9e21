"""Links to open a channel with, of which several may be on their way: the first one counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk import activation, officers, stations
from desk.desk import Office
from desk.errors import FirstOfficerTakenError, InviteGoneError, StationOpenedError
from storage.stations import key_of
from tests.desk.test_joining import invite, join, joining
from tests.world import NEIGHBOUR, PROVINCE, World, hire, open_province

OTHER_PROVINCE = "91"
PEOPLE = ("xuan", "binh", "chi", "dung")


def printed(office: Office, station: str | None = None, role: str = "province") -> str:
    """A link of the operator's, as each start and the command line print them."""
    with office.begin("desk") as desk:
        return officers.first_invite(desk, station, role)


def rush(enter: Callable[[str, str], object], tokens: list[str]) -> list[str]:
    """Who gets in when everybody uses a link at the same moment."""

    def tried(token: str, username: str) -> str:
        try:
            enter(token, username)
        except InviteGoneError:
            return ""
        return username

    with ThreadPoolExecutor(len(tokens)) as threads:
        return [name for name in threads.map(tried, tokens, PEOPLE) if name]


def test_once_the_first_officer_is_there_older_links_pick_no_other_province(office: Office) -> None:
    used, left_over = printed(office), printed(office)
    join(office, used, joining(office, "ngan", province=PROVINCE))

    with pytest.raises(FirstOfficerTakenError, match="gửi liên kết mới"):
        join(office, left_over, joining(office, "xuan", province=OTHER_PROVINCE))

    with pytest.raises(FirstOfficerTakenError), office.begin("desk") as desk:
        officers.find_invite(desk, left_over)  # said before anybody fills in the form


def test_a_second_province_opens_when_the_operator_names_it(office: Office) -> None:
    hire(office, PROVINCE, "province", "Ngân", "ngan", open_province)

    hire(office, OTHER_PROVINCE, "province", "Xuân", "xuan", open_province)

    with office.begin("desk") as desk:
        assert {s.code for s in stations.receiving_provinces(desk)} == {PROVINCE, OTHER_PROVINCE}


def test_of_first_links_used_at_the_same_moment_one_picks_a_province(office: Office) -> None:
    tokens = [printed(office) for _ in PEOPLE]
    provinces = dict(zip(tokens, (PROVINCE, OTHER_PROVINCE, "79", "01"), strict=True))

    def enter(token: str, username: str) -> None:
        join(office, token, joining(office, username, province=provinces[token]))

    assert len(rush(enter, tokens)) == 1


def test_a_link_for_a_station_that_opened_meanwhile_makes_no_chief_without_a_key(
    world: World,
) -> None:
    used, left_over = (printed(world.office, NEIGHBOUR, "chief") for _ in range(2))
    provinces = invite(world, world.ngan, NEIGHBOUR, "chief")  # of a colleague, and as late
    opened = join(world.office, used, joining(world.office))
    with world.office.begin("desk", opened.id) as desk:
        activation.activate_commune(desk, opened)

    for token in (left_over, provinces):
        with pytest.raises(StationOpenedError, match="đã có người mở trước bạn"):
            join(world.office, token, joining(world.office, "binh"))

    assert keyless(world.office) == []
    hire(world.office, NEIGHBOUR, "officer", "Bình", "binh", invited_by=opened)


def test_of_links_to_a_closed_station_used_at_the_same_moment_one_opens_it(
    world: World,
) -> None:
    tokens = [printed(world.office, NEIGHBOUR, "chief") for _ in PEOPLE]

    def enter(token: str, username: str) -> None:
        join(world.office, token, joining(world.office, username), activation.activate_commune)

    assert len(rush(enter, tokens)) == 1
    assert keyless(world.office) == []


def test_whoever_joins_while_the_province_opens_gets_its_key_or_a_sentence(
    office: Office,
) -> None:
    ngan = hire(office, PROVINCE, "province", "Ngân", "ngan")
    tokens = [printed(office, PROVINCE) for _ in PEOPLE]

    def enter(token: str, username: str) -> None:
        if username == PEOPLE[0]:
            with office.begin("desk", ngan.id) as desk:
                open_province(desk, ngan)
        else:
            join(office, token, joining(office, username))

    rush(enter, tokens)

    assert keyless(office) == []


def keyless(office: Office) -> list[str]:
    """Who may see a station's tips and could not open them."""
    with office.begin("desk") as desk:
        return [
            one.username
            for code in (PROVINCE, NEIGHBOUR)
            for one in officers.colleagues(desk, code)
            if key_of(desk.session, code, f"officer:{one.id}") is None
        ]
