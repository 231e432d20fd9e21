"""Is this message a trick, and which: learnt methods, look-alike addresses, plain danger signs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import domains
from nlp.features import codes
from nlp.model import Linear, load
from nlp.pairmodel import NONE, ranked
from nlp.phrases import Phrases
from nlp.text import MAX_CHARS, Views, normalise

METHODS_FILE = "methods.model"
DOMAINS_FILE = "domains.json"
_TOP = 3

# What people can check for themselves; the words are shown to them.
_SIGNS = {
    "đòi mã OTP, mật khẩu": "otp|mật khẩu|mã xác nhận|mã xác thực|đọc mã|mã pin",
    "giục chuyển tiền": "chuyển khoản|chuyển tiền|nạp tiền|đóng phí|đặt cọc|phí hồ sơ|phí bảo hiểm"
    "|tài khoản tạm giữ|tài khoản an toàn|nạp thêm|đóng trước|cọc trước",
    "đòi cài ứng dụng lạ": "cài app|cài ứng dụng|tải app|tải ứng dụng|apk|chia sẻ màn hình",
    "đòi giữ bí mật": "giữ bí mật|không được nói với ai|không nói cho ai|cấm kể|không tắt máy"
    "|không được cúp máy|ở một mình",
    "dọa nạt": "lệnh bắt|khởi tố|bắt giam|phong tỏa|rửa tiền|khóa tài khoản|khóa sim|cắt điện"
    "|truy cứu|cưỡng chế|tung ảnh|tung clip",
    "hứa lợi lớn": "trúng thưởng|trúng giải|hoàn tiền|lãi cao|cam kết lợi nhuận|hoa hồng|việc nhẹ"
    "|lương cao|tri ân|nhận quà|bao đậu",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict on a message: "scam", "unsure" or "no_sign". There is no verdict "safe".

    Attributes:
        verdict: what we say.
        method: the published method it resembles, named only with "scam".
        top: up to three methods it might be, likeliest first.
        signs: what to look out for, in Vietnamese, ready to show.
    """

    verdict: str
    method: str | None
    top: tuple[str, ...]
    signs: tuple[str, ...]


class Methods:
    """Checks suspicious messages."""

    def __init__(self, model: Linear, official: Sequence[str]) -> None:
        self._model = model
        self._temperature = model.number("temperature")
        self._scam_from = model.number("scam")
        self._sign_from = model.number("sign")
        self._official = domains.Official(official)
        self._signs = {sign: Phrases.listed(words) for sign, words in _SIGNS.items()}

    @classmethod
    def load(cls, models: Path) -> "Methods":
        """Read what training wrote.

        Raises:
            BrokenModelError: the model must be trained again.
        """
        official = json.loads((models / DOMAINS_FILE).read_text("utf-8"))
        return cls(load(models / METHODS_FILE), official["domains"])

    def check(self, text: str) -> Check:
        """Check one message."""
        views = normalise(text)
        margins = self._model.margins(codes(views))
        return self.decide(text, views, ranked(self._model.labels, margins, self._temperature))

    def decide(self, text: str, views: Views, found: Sequence[tuple[str, float]]) -> Check:
        """Turn ranked methods and the signs in the text into a verdict.

        A miss harms more than a false alarm: a look-alike address alone makes a scam.
        """
        signs = self._seen(text, views)
        fake = any(sign.startswith(domains.FAKE) for sign in signs)
        ours = [method for method, _ in found if method != NONE]
        scam = 1.0 - dict(found)[NONE]
        if scam >= self._scam_from or fake:
            return Check("scam", ours[0], tuple(ours[:_TOP]), signs)
        if scam >= self._sign_from:
            return Check("unsure", None, tuple(ours[:_TOP]), signs)
        return Check("no_sign", None, (), signs)

    def _seen(self, text: str, views: Views) -> tuple[str, ...]:
        signs = [
            sign
            for address in domains.in_text(text[:MAX_CHARS])
            if (sign := self._official.sign(address))
        ]
        signs += [sign for sign, phrases in self._signs.items() if phrases.found(views)]
        return tuple(dict.fromkeys(signs))
