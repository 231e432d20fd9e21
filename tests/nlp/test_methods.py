"""Messages people forward: tricks, harmless ones, and addresses made to look official."""

import pytest

from nlp.domains import FAKE, Official, in_text
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
