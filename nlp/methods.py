"""Is this message a trick, and which: learnt methods, look-alike addresses, plain danger signs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import domains
from nlp.features import code
from nlp.model import Linear, load
from nlp.phrases import Phrases
from nlp.ranking import NONE, nearness
from nlp.signals import CUES_FILE, Signals
from nlp.text import Views, normalise

METHODS_FILE = "methods.model"
DOMAINS_FILE = "domains.json"
_TOP = 3
# How much being like an honest message counts: at 4 % false alarms out-of-fold 0.802 of the tricks
# are called so with 1, 0.835 with 1.5, 0.843 with 2, 0.848 with 2.5.
_AGAINST = 2.0

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


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model says of a message.

    Attributes:
        alarm: how much it sounds like a trick rather than its honest likeness.
        methods: ids, likeliest first.
    """

    alarm: float
    methods: tuple[str, ...]


class Methods:
    """Checks suspicious messages."""

    def __init__(
        self, model: Linear, official: Sequence[str], cues: Mapping[str, Sequence[str]]
    ) -> None:
        self._model = model
        self._scam_from = model.number("scam")
        self._sign_from = model.number("sign")
        self._official = domains.Official(official)
        self._signals = Signals(cues, self._official)
        self._signs = {sign: Phrases.listed(listed) for sign, listed in _SIGNS.items()}

    @classmethod
    def load(cls, models: Path) -> "Methods":
        """Read what training wrote.

        Raises:
            BrokenModelError: the model must be trained again.
        """
        official = json.loads((models / DOMAINS_FILE).read_text("utf-8"))
        cues = json.loads((models / CUES_FILE).read_text("utf-8"))
        return cls(load(models / METHODS_FILE), official["domains"], cues)

    def check(self, text: str) -> Check:
        """Check one message."""
        views, addresses = normalise(text), domains.in_text(text)
        names = self._signals.of(views, addresses)
        margins = self._model.margins([code(name) for name in names])
        return self.decide(views, addresses, heard(self._model.labels, margins))

    def decide(self, views: Views, addresses: Sequence[str], said: Heard) -> Check:
        """Turn what the model says and the signs in the text into a verdict.

        A miss harms more than a false alarm: a look-alike address alone makes a scam, and so does
        any odd address in a message that is not free of doubt.
        """
        signs = self._seen(views, addresses)
        fake = any(sign.startswith(domains.FAKE) for sign in signs)
        odd = any(sign.startswith(domains.ODD) for sign in signs)
        top = said.methods[:_TOP]
        doubt = said.alarm >= self._sign_from
        if said.alarm >= self._scam_from or fake or (odd and doubt):
            return Check("scam", top[0], top, signs)
        if doubt:
            return Check("unsure", None, top, signs)
        return Check("no_sign", None, top, signs)

    def _seen(self, views: Views, addresses: Sequence[str]) -> tuple[str, ...]:
        signs = [sign for address in addresses if (sign := self._official.sign(address))]
        signs += [sign for sign, phrases in self._signs.items() if phrases.found(views)]
        return tuple(dict.fromkeys(signs))


def heard(names: Sequence[str], margins: Sequence[float]) -> Heard:
    """Weigh what the model says of a message. Nothing said at all is no alarm.

    Which method it is, is asked of lanes that know tricks alone: out-of-fold they name the right
    one among three for 0.968 of them, those that learnt honest messages too for 0.965.
    """
    ids = names.index(NONE)
    among = dict(zip(names[:ids], margins[ids + 1 :], strict=True))
    ranked = sorted(among, key=lambda name: (-among[name], name)) if any(margins) else []
    return Heard(nearness(names[: ids + 1], margins[: ids + 1], _AGAINST), tuple(ranked))
