"""How soon: danger is seldom missed, at the price of false alarms; and which number to call."""

from dataclasses import dataclass

from nlp.phrases import Phrases
from nlp.text import Views

# What one listed phrase adds to the model's margin, and takes when it says "not now". At most so
# many count: a long story repeats itself. Chosen out-of-fold, with the limit in the model's notes.
_NOW, _NOT_NOW, _COUNTED = 0.35, 0.15, 2
_STORY = 3  # words

_FIRE = Phrases.listed(
    "cháy|đang cháy|cháy nhà|cháy rồi|bốc cháy|hỏa hoạn|lửa|khói|xì gas|xì ga|rò gas"
    "|rò rỉ gas|mùi gas|nổ bình gas|bình gas|kẹt thang máy|mắc kẹt|bị kẹt|còn kẹt|kẹt trong"
    "|kẹt bên trong|bị vùi|vùi lấp|sập|rơi xuống giếng|té giếng|ngã xuống giếng"
    "|rơi xuống nước|rơi xuống sông|đuối nước|nước cuốn|lũ cuốn|bị cuốn|nước ngập|ngập nóc"
    "|nóc nhà|nhảy lầu|nhảy cầu|đòi nhảy|lan can|thành cầu|sân thượng|sạt lở|lật thuyền|chìm"
    "|chìm ghe|dưới giếng|dưới hầm|hóa chất|điện giật"
)
_INJURED = Phrases.listed(
    "bất tỉnh|ngất|ngất xỉu|xỉu|co giật|sùi bọt mép|không thở|khó thở|thở yếu|tím tái|tím môi"
    "|hôn mê|sốc thuốc|quá liều|uống thuốc sâu|uống thuốc trừ sâu|thuốc diệt cỏ|cắt cổ tay"
    "|cấp cứu|đột quỵ|nằm bất động|nằm im|không nhúc nhích|hấp hối|ngộ độc|uống nhầm|đẻ rơi"
    "|trở dạ|gãy chân|rắn cắn"
)
_ATTACK = Phrases.listed(
    "dao|mã tấu|rựa|súng|lựu đạn|bom|chém|đâm|bắn|giết|cướp|đánh nhau|bắt cóc|khống chế"
    "|con tin|bóp cổ|rượt|đuổi chém|truy sát|trói|đang đánh|đánh đập|phá cửa|đạp cửa|hiếp"
    "|hung khí|búa"
)
_CHILD = Phrases.listed(
    "trẻ|trẻ em|em bé|cháu bé|bé gái|bé trai|đứa nhỏ|đứa trẻ|con nít|trẻ con|học sinh"
    "|cháu gái|bé|con gái tôi|con riêng|mấy đứa nhỏ|hai đứa nhỏ|lớp|sơ sinh|cháu|con bé"
    "|thằng bé|thằng nhỏ|con nhỏ|nhóc|thiếu nhi|vị thành niên|tảo hôn"
)


@dataclass(frozen=True, slots=True)
class Urgency:
    """The lists of danger, and the limit training found for them."""

    now: Phrases
    not_now: Phrases
    limit: float

    def urgent(self, margin: float, views: Views, *, told: bool = True) -> bool:
        """Say whether somebody may be in danger now.

        A greeting, or a word or two that nobody would call a story, is urgent only if it holds a
        listed word of danger: the limit is low, and "alo" alone passes it.
        """
        if margin + self.nudge(views) < self.limit:
            return False
        story = told and len(views.stripped) >= _STORY
        return story or any(list_.found(views) for list_ in (self.now, _FIRE, _INJURED, _ATTACK))

    def nudge(self, views: Views) -> float:
        """Give what the listed phrases add to the model's margin."""
        now = min(self.now.found(views), _COUNTED)
        not_now = min(self.not_now.found(views), _COUNTED)
        return _NOW * now - _NOT_NOW * not_now


def call(category: str, views: Views, *, urgent: bool) -> str | None:
    """Choose the number to show first.

    114 fire and rescue, 115 injured and nobody attacking, 111 a child (day and night, free of
    charge, also when nothing is urgent), 113 any other danger.

    Source: tongdai111.vn and the police's own explainers (research note "content" §4, hotlines).
    """
    child = category == "domestic_child_abuse" and _CHILD.found(views) > 0
    attacked = _ATTACK.found(views) > 0
    if not urgent:
        return "111" if child else None
    if category == "fire_safety" or (_FIRE.found(views) and not attacked):
        return "114"
    if _INJURED.found(views) and not attacked:
        return "115"
    if child and not attacked:
        return "111"
    return "113"
