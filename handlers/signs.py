"""What is odd about a message, in the language of the turn. `nlp` names it in Vietnamese."""

from handlers.texts import say

# How a sign of nlp begins → the text that says it; what follows (an address, a bank) is kept.
SIGNS = {
    "đòi mã OTP, mật khẩu": "otp",
    "giục chuyển tiền": "money",
    "đòi cài ứng dụng lạ": "app",
    "đòi giữ bí mật": "secret",
    "dọa nạt": "threat",
    "hứa lợi lớn": "profit",
    "đường liên kết giả trang cơ quan nhà nước": "fake_government",
    "đường liên kết giả trang": "fake_address",
    "đường liên kết có đuôi lạ": "odd_address",
    "đường liên kết nằm trong danh sách cảnh báo": "listed_domain",
    "số điện thoại nằm trong danh sách cảnh báo": "listed_phone",
    "số tài khoản nằm trong danh sách cảnh báo": "listed_account",
}


def told(sign: str) -> str:
    """The sign as people read it; as it is, if nobody has worded it."""
    for beginning, name in SIGNS.items():
        if sign.startswith(beginning):
            return say(f"sign.{name}") + sign.removeprefix(beginning)
    return sign
