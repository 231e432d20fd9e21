"""Refusals. The docstring of each is the sentence the person reads, in Vietnamese."""


class DeskError(Exception):
    """Không làm được việc này."""

    def __init__(self, **values: str) -> None:
        """Args: values: what the sentence's {names} stand for."""
        super().__init__((type(self).__doc__ or "").format(**values))


class AlreadyEnteredError(DeskError):
    """Tin này đã được nhập rồi. Hãy mở hàng đợi để xem."""


class OpinionTipError(DeskError):
    """Nội dung này nghe như ý kiến, kênh không nhận. Nếu có việc cụ thể, hãy ghi rõ ai làm gì."""


class NoSuchColleagueError(DeskError):
    """Không giao được: hãy chọn một cán bộ đang làm việc ở đơn vị bạn."""


class BadReminderError(DeskError):
    """Ngày nhắc phải sau hôm nay và trong vòng {days} ngày."""


class WrongFormalStepError(DeskError):
    """Chưa làm được bước này. Hãy mở lại trang để xem tin đang ở bước nào."""


class NoSuchTipError(DeskError):
    """Không có tin này trong hàng đợi của bạn. Có thể tin đã được chuyển đi nơi khác."""


class AlreadyClaimedError(DeskError):
    """{name} đã nhận tin này trước bạn."""


class NotYoursError(DeskError):
    """Bạn cần bấm “Nhận tin” trước khi làm việc này."""


class ClosedError(DeskError):
    """Tin này đã kết thúc, không sửa được nữa."""


class SameStationError(DeskError):
    """Tin đang ở chính đơn vị này rồi. Hãy chọn đơn vị khác."""


class StationNotOpenError(DeskError):
    """Chưa chuyển được: {name} chưa mở kênh và công an tỉnh nơi đó cũng chưa mở."""


class TooManyPhotosError(DeskError):
    """Mỗi tin nhận nhiều nhất {limit} ảnh nên ảnh vừa gửi không được nhận và không được lưu."""


class EmptyTextError(DeskError):
    """Bạn chưa nhập nội dung."""


class TooLongError(DeskError):
    """Nội dung dài quá {limit} ký tự. Hãy viết ngắn lại."""


class LastReaderError(DeskError):
    """{name} là người cuối cùng giữ khóa mở tin của tỉnh. Hãy mời người thay rồi mới thu quyền."""


class NotAllowedError(DeskError):
    """Vai trò của bạn không làm được việc này. Hãy nhờ chỉ huy đơn vị."""


class WrongLoginError(DeskError):
    """Tên đăng nhập, mật khẩu hoặc mã 6 số chưa đúng."""


class LockedError(DeskError):
    """Sai quá nhiều lần. Hãy chờ {minutes} phút rồi thử lại."""


class StrangersLockedError(LockedError):
    """Sai quá nhiều lần. Hãy chờ {minutes} phút, hoặc dùng máy bạn đã từng đăng nhập."""


class InviteGoneError(DeskError):
    """Liên kết này đã dùng rồi hoặc đã hết hạn. Hãy xin liên kết mới."""


class UsernameTakenError(DeskError):
    """Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."""


class BadUsernameError(DeskError):
    """Tên đăng nhập gồm 3 đến 32 chữ thường không dấu, chữ số, dấu chấm hoặc gạch ngang."""


class WeakPasswordError(DeskError):
    """Mật khẩu cần ít nhất {length} ký tự. Gợi ý: ghép bốn từ không liên quan nhau."""


class WrongCodeError(DeskError):
    """Mã 6 số chưa đúng. Hãy kiểm tra giờ trên điện thoại rồi nhập mã mới nhất."""


class FirstOfficerTakenError(InviteGoneError):
    """Kênh đã có cán bộ đầu tiên. Hãy nhờ người đó hoặc người quản trị máy chủ gửi liên kết mới."""


class StationOpenedError(InviteGoneError):
    """{name} đã có người mở trước bạn. Hãy nhờ người ở đó hoặc công an tỉnh gửi liên kết mới."""


class AlreadyActiveError(DeskError):
    """Đơn vị này đã hoạt động. Người của đơn vị hoặc công an tỉnh sẽ mời thêm cán bộ."""


class NoKeyError(DeskError):
    """Người đọc tin phải do chỉ huy hoặc cán bộ tỉnh mời: chỉ họ giữ khóa mở tin để trao lại."""


class ProvinceNotActiveError(DeskError):
    """Công an tỉnh chưa mở kênh, nên xã, phường chưa mở được."""


class BadHoursError(DeskError):
    """Giờ trực chưa đúng: chọn ít nhất một ngày, giờ bắt đầu phải khác giờ kết thúc."""


class NoRequestError(DeskError):
    """Không có yêu cầu cấp lại cho người này, hoặc yêu cầu đã quá hai ngày."""


class SecondOfficerError(DeskError):
    """Người nêu yêu cầu không tự duyệt được. Cần một người thứ hai duyệt."""


class WrongRecoveryKeyError(DeskError):
    """Khóa khôi phục chưa đúng. Hãy gõ đủ các nhóm chữ trên tờ giấy của tỉnh."""


class WrongRecoveryError(DeskError):
    """Hai nhóm chữ chưa khớp với khóa khôi phục. Hãy xem lại tờ giấy bạn vừa chép."""


class WrongReceiptError(DeskError):
    """Mã tra cứu chưa đúng."""


class NotReceivingError(DeskError):
    """Kênh chưa nhận tin ở nơi này. Việc gấp hãy gọi 113."""


class AsksWhoError(DeskError):
    """Câu này hỏi người báo là ai nên không gửi. Hãy hỏi về sự việc: ở đâu, lúc nào, ai thấy."""


class HasLinkError(DeskError):
    """Câu này có đường liên kết nên không gửi: bấm vào có thể làm lộ người báo."""


class NoProvinceError(DeskError):
    """Hãy chọn tỉnh, thành phố của bạn. Nơi đã có người mở kênh thì không chọn được."""


class AboutThemError(DeskError):
    """Tin này nói về chính người của {name} nên không chuyển về đó được."""


class NoCommuneError(DeskError):
    """Hãy chọn ít nhất một xã, phường."""


class TooManyCommunesError(DeskError):
    """Chỉ chọn được nhiều nhất {limit} xã, phường."""


class NoSuchNoticeError(DeskError):
    """Không có thông báo này, hoặc thông báo của đơn vị khác."""


class PartMissingError(DeskError):
    """Còn thiếu phần “{part}”."""


class PartTooLongError(DeskError):
    """Phần “{part}” dài {length} ký tự, nhiều nhất là {limit}. Hãy viết ngắn lại."""


class WholeTooLongError(DeskError):
    """Cả thông báo dài {length} ký tự, nhiều nhất là {limit}. Hãy bớt chữ ở các phần."""


class OpinionNoticeError(DeskError):
    """Thông báo này nói về ý kiến, tín ngưỡng hoặc dân tộc. Kênh chỉ gửi cảnh báo về thủ đoạn."""


class WorkingLinkError(DeskError):
    """Thông báo có đường liên kết bấm được. Hãy viết gãy ra, ví dụ: vneid[.]xyz."""


class WrongStepError(DeskError):
    """Thông báo không còn ở bước này. Hãy mở lại trang để xem bước hiện tại."""


class NoticeExpiredError(DeskError):
    """Đã qua ngày cuối có hiệu lực của thông báo, nên không gửi tiếp cho ai nữa."""


class NoticeChangedError(DeskError):
    """Thông báo vừa được sửa sau khi bạn mở trang. Hãy đọc lại rồi quyết định."""


class OwnNoticeError(DeskError):
    """Người viết không tự duyệt được. Cần một cán bộ khác, hoặc công an tỉnh, đọc lại."""


class NotYourCommuneError(DeskError):
    """Đơn vị bạn chỉ gửi được thông báo cho địa bàn của mình."""


class TooFewError(DeskError):
    """Lọc như vậy còn dưới 20 người, dễ lộ là ai. Hãy gửi cho tất cả người đăng ký ở xã."""


class BadExpiryError(DeskError):
    """Ngày hết hạn phải sau ngày gửi và không quá {days} ngày."""


class NoSuchMissError(DeskError):
    """Câu này đã có người xử lý rồi."""


class BadStartError(DeskError):
    """Giờ gửi phải muộn hơn bây giờ và trong vòng {days} ngày."""


class BadLocalWordError(DeskError):
    """Từ địa phương gồm một đến ba tiếng, chỉ có chữ cái (có thể kèm chữ số). Hãy gõ lại."""


class BadMeaningError(DeskError):
    """Nghĩa gồm một đến sáu tiếng, chỉ có chữ cái và khác với từ cần dạy. Hãy gõ lại."""


class KnownWordError(DeskError):
    """Máy đã hiểu “{name}” như mọi nơi, không cần dạy nữa."""


class UnknownMeaningError(DeskError):
    """Máy chưa biết tiếng “{name}” trong phần nghĩa. Hãy viết nghĩa bằng từ thường gặp hơn."""


class OpinionWordError(DeskError):
    """Từ này nói về ý kiến, tín ngưỡng hoặc dân tộc. Kênh không dạy máy những từ như vậy."""


class SameWordError(DeskError):
    """Từ “{name}” đã có trong danh sách. Muốn đổi nghĩa, hãy bỏ từ cũ trước."""


class TooManyWordsError(DeskError):
    """Danh sách đã đủ {limit} từ. Hãy bỏ một từ ít dùng trước."""


class HarmfulWordError(DeskError):
    """Chưa lưu được: nếu thêm từ này thì trong các tin mẫu, {part}."""


class WordsChangedError(DeskError):
    """Danh sách vừa có người sửa. Hãy xem lại ảnh hưởng rồi lưu."""


class NoSuchWordError(DeskError):
    """Từ này không còn trong danh sách."""
