"""Refusals the desk does not know, and the HTTP status of every refusal."""

from desk import errors
from desk.errors import DeskError


class PasswordsDifferError(DeskError):
    """Hai lần nhập mật khẩu không giống nhau."""


class NameMissingError(DeskError):
    """Bạn chưa nhập họ tên. Đồng đội cần biết ai đã nhận tin."""


class DispositionMissingError(DeskError):
    """Hãy chọn kết quả trước khi kết thúc tin."""


class NoSuchStationError(DeskError):
    """Không tìm thấy đơn vị này. Hãy gõ tên xã, phường, tỉnh hoặc mã đơn vị."""


class SeveralStationsError(DeskError):
    """Có nhiều đơn vị khớp với tên này. Hãy chọn một đơn vị trong danh sách rồi bấm Chuyển."""


class SeveralPlacesError(DeskError):
    """Có nhiều nơi trùng tên này. Hãy gõ lại và chọn trong danh sách hiện ra, hoặc ghi mã xã."""


class ChangedMeanwhileError(DeskError):
    """Tin vừa có thay đổi (hoặc bạn đã bấm hai lần). Hãy xem diễn biến rồi gửi lại nếu cần."""


class NoSuchGroupError(DeskError):
    """Không có nhóm trực này. Có thể nhóm đã được ngắt rồi."""


class NoSuchChoiceError(DeskError):
    """Hãy chọn một mục trong danh sách."""


class NoReminderDayError(DeskError):
    """Hãy chọn ngày cần được nhắc."""


class BadHourError(DeskError):
    """Chưa có giờ gửi. Hãy chọn ngày và giờ."""


class BadDayError(DeskError):
    """Chưa có ngày hết hạn. Hãy chọn một ngày."""


class UnclearCommuneError(DeskError):
    """Không rõ “{line}” là xã, phường nào của tỉnh. Hãy ghi mã xã hoặc tên đầy đủ."""


class NoTwinChosenError(DeskError):
    """Hãy đánh dấu ít nhất một tin cần kết thúc."""


class NoPrinterError(DeskError):
    """Máy chủ này chưa có phông chữ để in. Hãy báo người quản trị."""


UNPROCESSABLE = 422  # what is not in the table: something typed has to be mended
STATUS: dict[type[DeskError], int] = {
    errors.WrongLoginError: 401,
    errors.NotAllowedError: 403,
    errors.NoKeyError: 403,
    errors.NotYourCommuneError: 403,
    errors.SecondOfficerError: 403,
    errors.OwnNoticeError: 403,
    errors.NoSuchNoticeError: 404,
    errors.NoSuchTipError: 404,
    errors.NoSuchMissError: 409,
    errors.NoSuchWordError: 409,
    errors.SameWordError: 409,
    errors.WordsChangedError: 409,
    errors.AlreadyActiveError: 409,
    errors.AlreadyClaimedError: 409,
    errors.AlreadyEnteredError: 409,
    ChangedMeanwhileError: 409,
    errors.ClosedError: 409,
    errors.LastReaderError: 409,
    errors.NotYoursError: 409,
    errors.NoticeChangedError: 409,
    errors.NoticeExpiredError: 409,
    errors.ProvinceNotActiveError: 409,
    errors.SameStationError: 409,
    errors.StationNotOpenError: 409,
    errors.UsernameTakenError: 409,
    errors.WrongStepError: 409,
    errors.FirstOfficerTakenError: 410,
    errors.InviteGoneError: 410,
    errors.StationOpenedError: 410,
    errors.LockedError: 429,
    errors.StrangersLockedError: 429,
    NoPrinterError: 503,
}


def status(error: DeskError) -> int:
    """The status a refused page is shown with."""
    return STATUS.get(type(error), UNPROCESSABLE)
