"""Chat shorthand (teencode) written out; only what means one thing in nearly every message."""

# Collected from the training texts and written out by hand. Left alone on purpose: "m", "c", "n",
# "dt" before a name, "ca": they stand for several words and the classifier sees them as they are.
_WRITTEN_OUT = """
k không|ko không|kô không|hok không|hông không|hong không|hổng không|khum không|kh không|kg không
kp không phải|kbt không biết|kbiet không biết|kb kết bạn|r rồi|rùi rồi|rui rồi|òi rồi|z vậy|zậy vậy
v vậy|vz vậy|zị vậy|j gì|zì gì|đc được|dc được|đx được|dk đăng ký|đk đăng ký|dki đăng ký|vs với
vơí với|mn mọi người|mng mọi người|mng` mọi người|ng người|ngta người ta|nta người ta|cx cũng
cug cũng|cg cũng|trc trước|trg trong|thg thằng|ns nói|nch nói chuyện|ib nhắn tin|inb nhắn tin
inbox nhắn tin|nt nhắn tin|rep trả lời|lm làm|lmj làm gì|bn bao nhiêu|bnh bao nhiêu|bt biết
bít biết|bik biết|biết biết|ntn như thế nào|tn thế nào|sao sao|s sao|bh bây giờ|bjo bây giờ
bgio bây giờ|hnay hôm nay|hqua hôm qua|hqa hôm qua|hnao hôm nào|tqua tối qua|snay sáng nay
đag đang|đg đang|dag đang|wa quá|wá quá|qá quá|qtqđ quá trời quá đất|nhìu nhiều|nhiu nhiều
iu yêu|e em|a anh|mk mình|mik mình|mìh mình|t tôi|tui tôi|tớ tôi|b bạn|bạn bạn|cj chị|vk vợ
ck chuyển khoản|stk số tài khoản|tk tài khoản|acc tài khoản|nick tài khoản|sdt số điện thoại
sđt số điện thoại|đt điện thoại|dt điện thoại|fb facebook|phây facebook|phaybuc facebook
face facebook|tele telegram|nv nhiệm vụ|cccd căn cước công dân|cmnd chứng minh nhân dân
csgt cảnh sát giao thông|cskv cảnh sát khu vực|cshs cảnh sát hình sự|pccc phòng cháy chữa cháy
bhyt bảo hiểm y tế|bhxh bảo hiểm xã hội|antt an ninh trật tự|tttt trật tự|bv bệnh viện
bs bác sĩ|hs học sinh|sv sinh viên|gv giáo viên|cty công ty|kcn khu công nghiệp|kdc khu dân cư
ktx ký túc xá|ubnd ủy ban nhân dân|ks khách sạn|nn nhà nghỉ|oto ô tô|xm xe máy|bx bến xe
đăk đắk|hnao hôm nào|ak à|uh ừ|uk ừ|uhm ừ|thui thôi|hem không|bùn buồn|chx chưa|ch chưa
cv công việc|nc nước|vn việt nam|tq trung quốc|hn hà nội|sg sài gòn|tphcm thành phố hồ chí minh
hcm hồ chí minh|tp thành phố|p phường|q quận|gđ gia đình|gd gia đình|kt kiểm tra|ad quản trị
admin quản trị|ctv cộng tác viên|xhđ xã hội đen|xhd xã hội đen|gh giang hồ|công-an công an
khoá khóa|uýnh đánh|oánh đánh|quánh đánh|uynh danh|oanh danh|lộn nhau|cíu cứu|cứu cứu|hêu heo
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    pairs = (
        entry.split(" ", 1) for line in table.split("\n") for entry in line.split("|") if entry
    )
    return {short: tuple(meaning.split(" ")) for short, meaning in pairs if short != meaning}


MEANING = _read(_WRITTEN_OUT)
