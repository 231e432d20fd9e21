"""The router on generated addresses, homonyms, cues, and hostile input."""

import unicodedata
from collections import Counter

import pytest

from bench.places import cases, verdict
from nlp.places import MAX_CHARS, MOST_CANDIDATES, Home, Place
from tests.gazetteer import gazetteer, router

RIGHT = {"exact", "right set"}


def _locate(text: str, **home: object) -> Place:
    return router().locate(text, Home(**home) if home else None)  # type: ignore[arg-type]  # Home's own fields


def test_every_way_of_writing_an_address_is_placed_or_asked_with_exactly_what_fits() -> None:
    # Every 97th unit in every variant; bench/places.py takes them all.
    judged = [
        (case, verdict(router().locate(case.text), case.fitting)) for case in cases(gazetteer(), 97)
    ]

    assert len(judged) > 1500
    assert [case.text for case, result in judged if result == "WRONG"] == []
    with_district = [(c, r) for c, r in judged if c.variant.startswith(("old:", "new:"))]
    assert [case.text for case, result in with_district if result not in RIGHT] == []
    assert Counter(r in RIGHT for _, r in judged)[False] <= 0.005 * len(judged)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # The same name, told apart by what stands around it.
        ("xã Long Hòa, huyện Cần Đước, Long An", "28114"),
        ("xã Đakrông, huyện Đa Krông, Quảng Trị", "19564"),
        ("xã Long Hòa, Tây Ninh", "28114"),
        ("xa long hoa tinh tay ninh", "28114"),
        ("xã Long Hòa, huyện Cần Giờ", "27664"),
        ("xã Long Hòa, tỉnh Vĩnh Long", "29413"),
        ("xã Long Hòa, huyện Bình Đại, Bến Tre", "29083"),
        ("phường Tân Bình, TP Hải Dương", "10532"),
        ("phường Tân Bình, Dĩ An", "25945"),
        ("phường Tân Bình, TPHCM", "27004"),
        ("phường Nguyễn Trãi, TP Hải Dương", "10507"),
        ("phường Nguyễn Trãi, TP Hải Phòng", "10552"),
        # Wards by number, in all their forms.
        ("P5 Q10 TPHCM", "27169"),
        ("P5Q10", "27169"),
        ("p.5 q.10", "27169"),
        ("phường 05, quận 10", "27169"),
        ("phường số 5 quận 10", "27169"),
        ("phường năm quận mười", "27169"),
        ("Q10 P5 có trộm", "27169"),
        # A district that was merged away before, a new name with the old district, one letter off.
        ("phường Thảo Điền, quận 2", "27094"),
        ("xã Rạch Kiến, huyện Cần Đước, Long An", "28114"),
        ("xã Rạch Kiếng tỉnh Tây Ninh", "28114"),
        ("xã Long Hoà huyện Cần Đước", "28114"),
        ("xã Phước Đông (Cần Đước cũ)", "28138"),
        ("Xã Nhơn Trạch, tỉnh Đồng Nai", "26485"),
        ("phường Nhơn Trạch, thành phố Đồng Nai", "26485"),
        ("huyện Côn Đảo, tỉnh Bà Rịa - Vũng Tàu", "26732"),
        ("phường Đại Kim, quận Hoàng Mai, Hà Nội", "00316"),
        # A market of the one commune so called; a hamlet of that name in its district.
        ("chợ Bến Thành có móc túi", "26743"),
        ("sóc Bom Bo, Bù Đăng bị hái trộm điều", "25405"),
        ("xã Mỹ Lệ ngày trước của Cần Đước có đá gà", "28132"),
        ("xã Tân Lập tuốt Mộc Hóa", "27823"),
        # Islands are communes of their own; wards up to nineteen are written in words too.
        ("đảo Lý Sơn có người bán tỏi giả", "21548"),
        ("phường mười một, quận sáu, TPHCM", "27364"),
        ("phuong muoi mot quan 6 co hui be, tphcm", "27364"),
        ("vụ này không xảy ra ở phường 12 mà ở phường 17 quận Gò Vấp", "26884"),
        ("Liên Nghĩa Đức Trọng có cá độ", "24958"),
    ],
)
def test_place_is_routed(text: str, code: str) -> None:
    place = _locate(text)

    assert (place.decision, place.code) == ("route", code)
    assert place.candidates == ()


@pytest.mark.parametrize(
    ("text", "candidates", "reason"),
    [
        ("phường Cộng Hòa, TP Chí Linh", ("10549", "10570"), "split"),
        ("TT Lai Cách, huyện Cẩm Giàng, Hải Dương", ("10543", "10891"), "split"),
        ("xa thanh an, tphcm", ("25807", "27676"), "homonym"),
        (
            "ở huyện Cần Đước có đánh bạc",
            ("28108", "28114", "28126", "28132", "28138", "28144"),
            "district_only",
        ),
        ("chùa Bến Thành có móc túi", ("26743",), "landmark"),  # temples have names of their own
        ("trường Nguyễn Thị Minh Khai có đánh nhau", ("01840",), "landmark"),  # and so have people
        (
            "ấp Long Hòa, Cần Đước có đá gà",
            ("28108", "28114", "28126", "28132", "28138", "28144"),
            "untyped",
        ),
        ("xứ Nghệ mình dạo này trộm chó nhiều quá", (), "province_only"),
        (
            "đánh nhau ở xã Long Cang và xã Mỹ Lệ, tỉnh Tây Ninh",
            ("28126", "28132"),
            "several_places",
        ),
        ("xã Long Hòa, huyện Cần Đước, tỉnh Bến Tre", ("28114", "29083"), "conflict"),
        ("chở hàng từ xã Mỹ Lệ qua xã Long Cang tỉnh Tây Ninh", ("28126", "28132"), "origin"),
        ("Phường 4 có cho vay nặng lãi", (), "homonym"),
        ("p4 p5 p6 toàn dân chơi hàng", (), "several_places"),
        ("có trộm ở tỉnh Tây Ninh", (), "province_only"),
    ],
)
def test_doubt_is_asked_about_with_exactly_what_fits(
    text: str, candidates: tuple[str, ...], reason: str
) -> None:
    place = _locate(text)

    assert (place.decision, place.code) == ("ask", None)
    assert (place.candidates, place.reason) == (candidates, reason)


@pytest.mark.parametrize(
    "text",
    [
        "Mong giữ an ninh trật tự an toàn xã hội",
        "te nan xa hoi an ninh phuc tap",
        "Công ty Bình Minh bán hàng đa cấp",
        "Bà Tân Thành cho vay nặng lãi",
        "quán Thanh Bình đường Trần Hưng Đạo mở nhạc to",
        "Tôi bị lừa 20 triệu qua điện thoại",
        "Cho hỏi số trực ban công an xã với",
        "xã gọi lên làm căn cước",
        "hợp tác xã thanh long chia lãi cuối năm",
        "Chạy xe trên quốc lộ 1A ngày 30/4",
        "đi biển xa bờ 6 tháng, mất x3 cái lưới",
        "Tập thể dục ở ban công, ký hợp đồng ở trung tâm",
    ],
)
def test_ordinary_words_are_no_place(text: str) -> None:
    assert _locate(text).decision == "none"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Em ở xã Mỹ Lệ nhưng thấy sòng bài bên xã Long Cang, tỉnh Tây Ninh", "28126"),
        ("Em ở xã Mỹ Lệ, Cần Đước, trong xóm có đánh bạc", "28132"),
        ("Không phải xã Mỹ Lệ mà là xã Long Cang, tỉnh Tây Ninh", "28126"),
        ("Đối tượng ngụ xã Mỹ Lệ, Cần Đước, bán ma túy tại xã Tân Lân, Cần Đước", "28138"),
    ],
)
def test_home_origin_and_denial_give_way_to_the_scene(text: str, code: str) -> None:
    assert _locate(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # An address in small letters without type words; a cue inside a name is none.
        ("tan lan can duoc, do rac xuong kenh", "28138"),
        ("hung thang tien lang, ao ca bi tha doc", "11809"),
        ("long cang can duoc la co nhom danh bac", "28126"),
        # Chat spelling, slips in the district, slips in both, and regional sounds.
        ("lonq cag cần đước có đánh bạc", "28126"),
        ("xã long cang huyện cần đướt, có đánh bạc", "28126"),
        ("phước văn cần đước long an có đánh bạc", "28126"),
        ("xã Tân Trạch, Lonh An", "28132"),
        # Old and new name of one place, whichever comes first.
        ("xã Long Hòa (nay là xã Rạch Kiến) có đánh bài", "28114"),
        ("phường Cộng Hòa giờ là phường Chu Văn An, Chí Linh", "10549"),
        ("phường Tân Bình cũ, Hải Dương", "10532"),
        # What is denied does not count, nor does its district.
        ("Xã An Thạnh huyện Thạnh Phú, không phải An Thạnh bên Mỏ Cày", "29182"),
        ("Long Điền B chứ hổng phải Long Điền A, huyện Chợ Mới, An Giang", "30631"),
        # A school or a market lies in the commune of its name; the district says in which.
        ("trường tiểu học Long Trạch ở Cần Đước có người bán ma túy", "28114"),
        ("Đặc khu Cát Hải có tàu lậu", "11914"),
    ],
)
def test_hurried_writing_is_routed(text: str, code: str) -> None:
    place = _locate(text)

    assert (place.decision, place.code) == ("route", code)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("mường thanh có đánh nhau", ("03127", "03334")),
        ("hai xã Long Cang với Mỹ Lệ, Tây Ninh, giành nhau con kênh", ("28126", "28132")),
        ("giáp ranh xã Long Cang và xã Mỹ Lệ, Tây Ninh", ("28126", "28132")),
        ("số 12 Nguyễn Trãi, TP Hải Dương", ()),
        ("quang ngai co nhieu xe khong bien so", ()),
    ],
)
def test_hurried_writing_in_doubt_is_asked_about(text: str, candidates: tuple[str, ...]) -> None:
    place = _locate(text)

    assert (place.decision, place.candidates) == ("ask", candidates)


def test_home_area_decides_between_equals_only() -> None:
    text = "Ấp 3 xã Long Hòa có karaoke tới 2h sáng"

    assert _locate(text).decision == "ask"
    assert _locate(text, province="80").code == "28114"
    assert _locate(text, communes=frozenset({"29413"})).code == "29413"
    assert _locate("xã Long Hòa, huyện Cần Giờ", province="80").code == "27664"


def test_a_name_only_one_commune_has_is_that_commune_however_far_from_home() -> None:
    assert _locate("Xã Rạch Kiến có đánh bạc", province="91").code == "28114"


def test_far_from_home_and_beside_another_place_it_is_asked_about() -> None:
    place = _locate("Xã Rạch Kiến ở đâu không rõ, tôi ở tỉnh An Giang", province="91")

    assert (place.decision, place.candidates, place.reason) == ("ask", ("28114",), "outside_home")


def test_my_hamlet_means_the_only_home_commune() -> None:
    text = "Xóm em có ông hàng xóm hay đánh vợ"

    assert _locate(text, communes=frozenset({"30673"})).code == "30673"
    assert _locate(text, communes=frozenset({"30673", "30664"})).candidates == ("30664", "30673")
    assert _locate(text).decision == "none"


def test_unknown_home_is_ignored() -> None:
    assert (
        _locate("Xóm em mất trộm", communes=frozenset({"99999"}), province="00").decision == "none"
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_evidence_is_the_span_of_the_place_in_the_text_given(form: str) -> None:
    text = unicodedata.normalize(form, "Tối qua ở xã Long Hòa, huyện Cần Đước có trộm")  # type: ignore[arg-type]  # a literal above

    place = router().locate(text)

    assert place.evidence is not None
    assert unicodedata.normalize("NFC", text[slice(*place.evidence)]) == "xã Long Hòa"


def test_names_survive_invisible_characters_full_width_and_odd_marks() -> None:
    assert _locate("xã Lo\u200bng Hòa, huyện Cần Đư\u00adớc").code == "28114"
    assert _locate("Ｐ５ Ｑ１０ TPHCM").code == "27169"
    assert (
        _locate("xã Ea H’leo, huyện Ea H`leo, Đắc Lắc").code == _locate("xa Ea Hleo, Dak Lak").code
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " " * MAX_CHARS,
        "\x00" * MAX_CHARS,
        "\ud800",
        "a" + "\u0301" * MAX_CHARS,
        "x " * MAX_CHARS,
        "p1 " * MAX_CHARS,
        "xã Tân Thành " * 1000,
        "tan an " * 1000,
        "xã Rạch Kiếnng tỉnh Tây Ninh, " * 500,
        "tỉnh Tây Ninh huyện Châu Thành " * 500,
        "ở chợ Tân Thành, Bình Minh, Tân An " * 200,
        "😀 xã " * 1000,
        "xã\n" * 2000,
        "ﬁ㎏" * 3000,
        "Châu Thành " * 500,
        "không phải xã Long Hòa mà " * 200,
        "xã Tân An nay là xã Tân Thành " * 200,
        "xã Tân Thạnhh. " + ". ".join(p.name for p in gazetteer().provinces.values()) * 9,
    ],
)
def test_hostile_message_is_answered_within_bounds(text: str) -> None:
    place = router().locate(text)

    assert place.decision in {"route", "ask", "none"}
    assert len(place.candidates) <= MOST_CANDIDATES
    assert (place.code is not None) == (place.decision == "route")
    assert place.evidence is None or 0 <= place.evidence[0] < place.evidence[1] <= len(text)


def test_what_stands_behind_the_longest_message_is_not_read() -> None:
    assert _locate("a" * MAX_CHARS + " xã Rạch Kiến, Tây Ninh").decision == "none"


def test_same_text_always_gets_the_same_answer() -> None:
    text = "Phường Tân Bình, gần chợ Long Hòa, xã Tân Thành"

    assert len({router().locate(text) for _ in range(5)}) == 1
