"""What an officer may not say to a sender: asks who they are, or carries a link."""

import unicodedata

import pytest

from desk import guard
from desk.errors import AsksWhoError, HasLinkError

ASKS_WHO = (
    "Bạn là ai?",
    "Anh tên gì?",
    "Chị tên là gì ạ?",
    "Bác tên gì vậy?",
    "Cho biết tên bạn là gì",
    "Tên của anh là gì?",
    "Cho xin họ tên của bạn",
    "Họ và tên của bà con?",
    "Vui lòng cung cấp họ tên, số điện thoại của bạn",
    "Xin số điện thoại của anh để tiện liên hệ",
    "Cho xin số điện thoại",
    "Để lại số điện thoại giúp đơn vị",
    "Cho mình xin sđt nhé",
    "SĐT của chị là bao nhiêu?",
    "Số Zalo của bạn là gì?",
    "Cho xin Zalo của bạn",
    "Gọi lại cho bạn số nào?",
    "Nhà bạn ở đâu?",
    "Bạn đang sống ở đâu?",
    "Bà con cho biết địa chỉ nhà của mình",
    "Cho biết số căn cước của bạn",
    "Cho xin CCCD",
    "Bạn chụp căn cước gửi lên nhé",
    "Bạn bao nhiêu tuổi?",
    "Anh làm nghề gì?",
    "Bạn là gì của nạn nhân?",
    "Xin cho biết danh tính của người báo tin",
    "Xưng rõ họ tên thì chúng tôi mới xử lý",
    "Người báo là ai?",
    "Người gửi tin tên gì?",
    "Ai là người báo tin?",
    "Mời bạn đến trụ sở làm việc",
    "Mời anh lên công an xã gặp trực ban",
    "Cho gặp trực tiếp bạn ở đâu tiện?",
    "ban ten gi",
    "cho xin so dien thoai cua ban",
    "nguoi bao la ai",
    "nha ban o dau vay",
)
LINKS = (
    "Xem https://example.com/a",
    "Vào HTTP://EXAMPLE.VN nhé",
    "www.congan.vn",
    "Bấm vào bit.ly/abc để trả lời",
    "Nhắn qua zalo.me/0901",
    "t.me/congan",
    "Gửi ảnh lên congantayninh.gov.vn",
    "Điền ở forms.gle/xyz",
    "mở 203.0.113.7/anh xem",
    "Xem ở congan.online",
)
INNOCENT = (
    "Biển số xe là gì?",
    "Người đó tên gì?",
    "Anh ta tên gì, nhà ở đâu?",
    "Đối tượng là ai, bạn có biết không?",
    "Bà con cho biết họ chạy hướng nào?",
    "Họ có mấy người?",
    "Họ tên người bán là gì?",
    "Cho biết họ tên đối tượng nếu nghe ai gọi.",
    "Quán đó có tên gì?",
    "Cho hỏi tên quán karaoke?",
    "Người đàn bà đó tên gì?",
    "Người đàn ông tên gì thì bà con có nghe gọi không?",
    "Số điện thoại của kẻ lừa đảo là số nào?",
    "Kẻ gọi đến dùng số điện thoại nào?",
    "Địa chỉ nhà của người bán ma túy ở đâu?",
    "Việc xảy ra ở đâu, lúc nào?",
    "Xe màu gì, hiệu gì?",
    "Có ai bị thương không?",
    "Bà con thấy họ đánh bài ở nhà nào?",
    "Chuyện này còn tiếp diễn không?",
    "Hàng bán ở đó tên gì?",
    "Ảnh chụp ở đâu?",
    "Cháu bé bao nhiêu tuổi?",
    "Kẻ đó khoảng bao nhiêu tuổi, làm nghề gì?",
    "Số tài khoản nhận tiền là số nào?",
    "Bà con không cần cho biết mình là ai.",
    "Đừng ghi tên hay số điện thoại của bà con.",
    "Không cần xưng tên.",
    "Đơn vị đã kiểm tra, cảm ơn bà con.",
    "Bao nhiêu người tụ tập?Mấy giờ?Ở đâu.Mẹ cháu bé có ở đó không?",
    "Tối thứ 6, khoảng 21.30 phải không?",
    "Số tiền là 1.500.000 đồng phải không?",
    "Có mùi thuốc lá, cần sa hay mùi lạ.Có ồn không?",
    "Cho biết số điện thoại đã gọi lừa bà con.",
    "khong can xung ten",
    "bien so xe la gi",
    "ho chay huong nao",
)


@pytest.mark.parametrize("text", ASKS_WHO)
def test_what_asks_for_the_person_is_not_sent(text: str) -> None:
    with pytest.raises(AsksWhoError, match="Câu này hỏi người báo là ai"):
        guard.check_reply(text)


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_not_sent(text: str) -> None:
    with pytest.raises(HasLinkError):
        guard.check_reply(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_what_asks_for_facts_is_sent(text: str) -> None:
    guard.check_reply(text)


@pytest.mark.parametrize("text", ["Bạn tên gì?", "BẠN TÊN GÌ?", "Bạn   tên\ngì?"])
def test_letters_written_another_way_make_no_difference(text: str) -> None:
    for form in ("NFC", "NFD", "NFKD"):
        with pytest.raises(AsksWhoError):
            guard.check_reply(unicodedata.normalize(form, text))
