"""The gazetteer: what it adds up to, and facts read in the resolutions themselves."""

import gzip
import importlib.util
import json
from collections import Counter
from datetime import date

import pytest

from nlp.names import Era, bare_name
from nlp.spelling import name_words
from tests.gazetteer import FOLDER, gazetteer, old_unit
from tools import build_gazetteer, gazetteer_wheel
from tools.gazetteer_tables import writings

# Code, name and old parts, clause by clause (resolutions 1654, 1669, 1682 and 1687/NQ-UBTVQH15).
# A part marked * went to several communes, here with people or with land only.
SEEDS = """
28114 Xã Rạch Kiến < Long Trạch, Long Khê, Long Hòa
28126 Xã Long Cang < Long Định, Phước Vân, Long Cang
28132 Xã Mỹ Lệ < Tân Trạch, Long Sơn, Mỹ Lệ
28138 Xã Tân Lân < Phước Đông, Tân Lân
28108 Xã Cần Đước < Cần Đước, Phước Tuy, Tân Ân, Tân Chánh
28144 Xã Long Hựu < Long Hựu Đông, Long Hựu Tây
30628 Xã Chợ Mới < Chợ Mới, Kiến An, Kiến Thành
30643 Xã Cù Lao Giêng < Tấn Mỹ, Mỹ Hiệp, Bình Phước Xuân
30673 Xã Hội An < Hội An, Hòa An, Hòa Bình
30631 Xã Long Điền < Mỹ Luông, Long Điền A, Long Điền B
30658 Xã Nhơn Mỹ < Mỹ Hội Đông, Long Giang, Nhơn Mỹ
30664 Xã Long Kiến < An Thạnh Trung, Mỹ An, Long Kiến
29194 Xã Đại Điền < Phú Khánh, Tân Phong, Thới Thạnh, Đại Điền
29191 Xã Quới Điền < Hòa Lợi, Mỹ Hưng, Quới Điền
29182 Xã Thạnh Phú < Thạnh Phú, An Thạnh, Bình Thạnh, Mỹ An
29224 Xã An Qui < An Thuận, An Nhơn, An Qui
29221 Xã Thạnh Hải < An Điền, Thạnh Hải
29227 Xã Thạnh Phong < Giao Thạnh, Thạnh Phong
10573 Phường Trần Nhân Tông < Hoàng Tân, Hoàng Tiến, Văn Đức*
10549 Phường Chu Văn An < Sao Đỏ, Văn An, Chí Minh, Thái Học, Cộng Hòa*, Văn Đức*
10546 Phường Chí Linh < Phả Lại, Cổ Thành, Nhân Huệ
10570 Phường Trần Hưng Đạo < Lê Lợi, Hưng Đạo, Cộng Hòa*
10552 Phường Nguyễn Trãi < Bến Tắm, Bắc An, Hoàng Hoa Thám
10603 Phường Lê Đại Hành < Tân Dân, An Lạc, Đồng Lạc
10532 Phường Lê Thanh Nghị < Tân Bình, Thanh Bình, Lê Thanh Nghị, Trần Phú*
10525 Phường Hải Dương < Trần Hưng Đạo, Nhị Châu, Ngọc Châu, Quang Trung
10507 Phường Thành Đông < Cẩm Thượng, Bình Hàn, Nguyễn Trãi, An Thượng
10537 Phường Tân Hưng < Hải Tân, Tân Hưng, Ngọc Sơn, Trần Phú*
10543 Phường Việt Hòa < Việt Hòa, Cao An, Tứ Minh*, Lai Cách*
10891 Phường Tứ Minh < Cẩm Đoài, Tứ Minh*, Lai Cách*
11002 Phường Thạch Khôi < Thạch Khôi, Gia Xuyên, Liên Hồng, Thống Nhất*
10837 Phường Nam Đồng < Nam Đồng, Tiền Tiến
10660 Phường Ái Quốc < Ái Quốc, Quyết Thắng, Hồng Lạc*
""".strip().splitlines()


def test_counts_are_those_of_the_reform() -> None:
    names = gazetteer().names
    old = {(u.name, u.districts): u for u in names.units if u.era is Era.OLD}
    older = {(u.name, u.districts) for u in names.units if u.era is Era.OLDER}
    with_communes = {district for unit in old.values() for district in unit.districts}
    islands = names.successors.keys() - with_communes

    assert len(gazetteer().provinces) == 34
    assert len(gazetteer().communes) == 3321
    assert len(old) == 10035
    assert len(islands) == 5
    assert sum(len(u.codes) for u in old.values()) + len(islands) == 10571
    assert sum(len(u.codes) > 1 for u in old.values()) == 441
    assert len(older) == 740


def test_no_name_leads_to_an_unknown_commune() -> None:
    communes = gazetteer().communes

    unknown = [u for u in gazetteer().names.units if not set(u.codes) <= communes.keys()]

    assert unknown == []
    assert all(c.province_code in gazetteer().provinces for c in communes.values())
    assert all(c.formerly for c in communes.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_commune_of_the_seed_areas_is_made_of_the_parts_its_resolution_names(seed: str) -> None:
    head, parts = seed.split(" < ")
    code, name = head.split(" ", 1)

    commune = gazetteer().communes[code]

    assert commune.name == name
    assert commune.kind == ("phường" if name.startswith("Phường") else "xã")
    bare = {part.removesuffix("*") for part in parts.split(", ")}
    assert {
        former.split(" ", 2 if former.startswith("Thị") else 1)[-1] for former in commune.formerly
    } == bare


@pytest.mark.parametrize("seed", [s for s in SEEDS if "*" in s])
def test_parts_that_were_split_name_all_their_successors(seed: str) -> None:
    code = seed.split(" ", 1)[0]
    split = [p.removesuffix("*") for p in seed.split(" < ")[1].split(", ") if p.endswith("*")]

    for name in split:
        units = [
            u for u in gazetteer().names.units if u.name.endswith(f" {name}") and code in u.codes
        ]
        assert units, name
        assert all(len(u.codes) > 1 for u in units if u.era is Era.OLD)


def test_van_duc_of_chi_linh_went_to_three_communes_one_of_them_on_the_kinh_mon_side() -> None:
    assert set(old_unit("Phường Văn Đức", "Thành phố Chí Linh").codes) == {
        "10573",
        "10549",
        "10678",
    }


@pytest.mark.parametrize(
    ("name", "district", "code"),
    [
        ("Xã Long Hòa", "Huyện Cần Đước", "28114"),
        ("Xã Long Hòa", "Huyện Cần Giờ", "27664"),
        ("Xã Long Hòa", "Huyện Bình Đại", "29083"),
        ("Xã Long Hòa", "Huyện Phú Tân", "30421"),
        ("Phường Tân Bình", "Thành phố Hải Dương", "10532"),
        ("Phường Tân Bình", "Thành phố Dĩ An", "25945"),
        ("Phường Tân Bình", "Thành phố Tam Điệp", "14371"),
        ("Phường Tân Bình", "Thành phố Đồng Xoài", "25195"),
    ],
)
def test_old_homonyms_lead_to_different_communes(name: str, district: str, code: str) -> None:
    assert old_unit(name, district).codes == (code,)


@pytest.mark.parametrize(("code", "province"), [("29413", "86"), ("25792", "79")])
def test_two_new_communes_are_called_long_hoa(code: str, province: str) -> None:
    commune = gazetteer().communes[code]

    assert (commune.name, commune.province_code) == ("Xã Long Hòa", province)


def test_inhabitants_of_dai_kim_all_went_to_dinh_cong() -> None:
    unit = old_unit("Phường Đại Kim", "Quận Hoàng Mai")

    assert len(unit.codes) > 1
    assert unit.leads_to == {"00316"}


def test_ten_communes_of_dong_nai_changed_their_kind_and_kept_their_code() -> None:
    before, after = date(2026, 4, 29), date(2026, 4, 30)

    assert gazetteer().name_on("25270", before) == "Xã Lộc Ninh"
    assert gazetteer().name_on("25270", after) == "Phường Lộc Ninh"
    assert gazetteer().communes["25270"].kind == "phường"
    assert gazetteer().provinces["75"].name == "Thành phố Đồng Nai"
    assert gazetteer().name_on("75", before) == "Tỉnh Đồng Nai"
    assert (
        sum(
            gazetteer().name_on(c, before) != gazetteer().name_on(c, after)
            for c in gazetteer().communes
        )
        == 10
    )


def test_communes_have_no_name_before_they_came_into_force() -> None:
    assert gazetteer().name_on("28114", date(2025, 6, 30)) is None
    assert gazetteer().name_on("00000", date(2026, 1, 1)) is None


def test_ba_che_is_known_by_both_codes() -> None:
    commune = gazetteer().commune("06978")

    assert commune is not None
    assert commune == gazetteer().commune("06970")
    assert commune.name == "Xã Ba Chẽ"


def test_unknown_code_is_no_commune() -> None:
    assert gazetteer().commune("99999") is None


def test_the_clause_of_a_commune_is_the_one_read_in_its_resolution() -> None:
    decree = gazetteer().decree("28114")

    assert (decree.number, decree.clause) == ("1682/NQ-UBTVQH15", 40)
    assert decree.adopted == date(2025, 6, 16)


@pytest.mark.parametrize("province", ["31", "80", "86", "91"])
def test_every_commune_of_the_resolutions_read_whole_has_a_clause_of_its_own(province: str) -> None:
    codes = [c.code for c in gazetteer().communes.values() if c.province_code == province]
    clauses = [gazetteer().decree(code).clause for code in codes]

    # The last clause names those that stayed as they were.
    last = max(clause for clause in clauses if clause)
    alone = [clause for clause in clauses if clause != last]
    assert None not in clauses
    assert len(alone) == len(set(alone))


def test_where_no_clause_was_read_the_resolution_alone_is_named() -> None:
    decree = gazetteer().decree("00004")

    assert (decree.number, decree.clause) == ("1656/NQ-UBTVQH15", None)


def test_names_of_units_stand_in_the_file_as_they_are_written_today() -> None:
    stored: dict[str, set[tuple[str, str, str]]] = {}
    for unit in gazetteer().names.units:
        stored.setdefault(unit.name, set()).add((unit.kind, unit.plain, " ".join(unit.spelt)))

    assert stored == {name: set(writings(name)) for name in stored}
    assert all(c.kind == bare_name(c.name)[0] for c in gazetteer().communes.values())


def test_names_of_districts_and_provinces_stand_in_the_file_as_they_are_written_today() -> None:
    names = gazetteer().names

    for official, stored in names.plain.items():
        kind, bare = bare_name(official)
        plain, spelt = name_words(bare)
        assert stored == " ".join(plain)
        assert (kind, spelt) in {(area.kind, area.spelt) for area in names.areas[stored]}


def test_every_name_is_found_and_every_unit_has_one_address() -> None:
    names = gazetteer().names

    every = Counter(names.units)
    assert Counter(u for units in names.communes.values() for u in units) == every
    assert Counter(u for units in names.by_address.values() for u in units) == every
    for plain, units in names.communes.items():
        assert {u.plain for u in units} == {plain}
    for address, units in names.by_address.items():
        assert {(u.districts, u.old_provinces, u.province) for u in units} == {address}


def test_file_is_small_and_carries_no_time_stamp() -> None:
    content = (FOLDER / "gazetteer.json.gz").read_bytes()

    assert len(content) < 1_200_000
    assert content[4:8] == bytes(4)


@pytest.mark.skipif(
    importlib.util.find_spec("vietnamadminunits") is None,
    reason="building needs the development dependency vietnamadminunits",
)
def test_building_twice_gives_the_same_bytes_and_what_the_repository_holds() -> None:
    wheel = gazetteer_wheel.folder()

    first, counts = build_gazetteer.build(FOLDER / "reviewed", wheel)
    second, _ = build_gazetteer.build(FOLDER / "reviewed", wheel)

    assert first == second
    assert counts == build_gazetteer.EXPECTED
    held = (FOLDER / "gazetteer.json.gz").read_bytes()
    # Another zlib may pack the same rows differently.
    assert json.loads(gzip.decompress(first)) == json.loads(gzip.decompress(held))


@pytest.mark.parametrize("tool", ["build_gazetteer", "gazetteer_tables", "gazetteer_wheel"])
def test_tools_read_the_wheel_as_data_and_never_import_it(tool: str) -> None:
    source = (FOLDER.parents[1] / "tools" / f"{tool}.py").read_text(encoding="utf-8")

    assert "import vietnamadminunits" not in source
    assert "convert_address" not in source
