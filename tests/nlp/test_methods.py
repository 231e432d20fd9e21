"""Messages people forward: tricks, harmless ones, and addresses made to look official."""

import pytest

from nlp.domains import FAKE, ODD, Official, in_text
from nlp.letters import strip_marks
from nlp.signals import Signals
from nlp.text import normalise
from tests.nlp.models import methods

TRICKS = [
    (
        "Nó xưng công an, nói tôi liên quan rửa tiền, bắt chuyển tiền vào tài khoản tạm giữ",
        "fake_police",
    ),
    ("lam nhiem vu like video nhan hoa hong, nap tien moi rut duoc", "online_task_job"),
    ("Điện lực báo nợ tiền điện, không chuyển khoản sẽ cắt điện trong 2 giờ", "fake_power_water"),
    ("Nó dọa tung clip nóng quay lúc gọi video nếu không chuyển 30 triệu", "sextortion"),
    ("Bạn trúng thưởng xe SH, đóng phí hồ sơ 2 triệu để nhận quà", "prize"),
]


@pytest.mark.parametrize(("text", "method"), TRICKS)
def test_known_tricks_are_never_called_signless(text: str, method: str) -> None:
    found = methods().check(text)

    assert found.verdict in {"scam", "unsure"}
    assert method in found.top


def test_a_look_alike_address_alone_is_a_scam() -> None:
    found = methods().check("Cập nhật tại vneid-gov.vip trước 17h")

    assert found.verdict == "scam"
    assert any(sign.startswith(FAKE) for sign in found.signs)


@pytest.mark.parametrize("text", ["", "👍", "mai họp tổ dân phố lúc 7 giờ tối ở nhà văn hóa"])
def test_a_harmless_message_is_no_scam_and_names_no_method(text: str) -> None:
    found = methods().check(text)

    assert found.verdict != "scam"
    assert found.method is None


@pytest.mark.parametrize(
    ("domain", "fake"),
    [
        ("vietcombank.com.vn", False),
        ("online.vietcombank.com.vn", False),
        ("hanoi.gov.vn", False),
        ("vietcombank-xacthuc.com", True),
        ("vietc0mbank.com", True),
        ("vietcombamk.com", True),
        ("dichvucong.gov.vn.xyz", True),
        ("thue-gov.org", True),
        ("example.org", False),
    ],
)
def test_names_borrowed_from_official_domains_are_seen(domain: str, *, fake: bool) -> None:
    official = Official(["vietcombank.com.vn", "dichvucong.gov.vn"])

    assert bool(official.sign(domain)) is fake


def test_domains_are_found_however_they_are_written() -> None:
    text = "Vào HTTPS://WWW.Vietcombank-Xacthuc.COM/login hoặc vneid[.]vip. Mail: a@evn.com.vn"

    assert in_text(text) == ["vietcombank-xacthuc.com", "vneid.vip"]


def test_an_odd_ending_is_named_and_an_official_address_is_not() -> None:
    official = Official(["vietcombank.com.vn"])

    assert official.sign("nhanqua-tet.top") == f"{ODD} (.top)"
    assert official.sign("baotuoitre.com") is None
    assert official.kinds("vietcombank.com.vn") == ["@official"]
    assert official.kinds("nhanqua-tet.top") == ["@unknown", "@.cheap", "@dash"]
    assert official.kinds("vietcombamk.com") == ["@fake"]
    assert official.kinds("bit.ly") == ["@short"]


def test_what_is_learnt_of_one_wording_holds_for_all_of_its_cue() -> None:
    signals = Signals({"fee": ["đóng phí", "nộp phí"], "counter": ["tại quầy"]}, Official([]))

    for text in ("Đóng phí rồi mới nhận", "nop phi truoc nha"):
        features = signals.of(normalise(text), in_text(text))
        assert "=fee" in features
        assert "=counter" not in features


HONEST = [
    "VCB: Mã OTP của quý khách là 482913, hiệu lực 2 phút. Tuyệt đối không cung cấp cho bất kỳ ai.",
    "Điện lực báo mai cắt điện từ 7h đến 11h để sửa đường dây, bà con chú ý",
    "Cô chủ nhiệm nhắn phụ huynh đóng tiền ăn bán trú tại trường, có biên lai",
    "Shop ơi đơn của mình mai giao nha, mình trả tiền mặt khi nhận hàng",
]


@pytest.mark.parametrize("text", HONEST)
def test_honest_messages_that_look_like_tricks_are_not_called_scams(text: str) -> None:
    assert methods().check(text).verdict != "scam"


@pytest.mark.parametrize(("text", "method"), TRICKS)
def test_a_message_without_accents_gets_the_same_method(text: str, method: str) -> None:
    assert method in methods().check(strip_marks(text)).top
