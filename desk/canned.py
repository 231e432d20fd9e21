"""Replies that need not be written anew: questions about the matter, and words to end with."""

QUESTIONS = {
    "where": "Bà con cho biết thêm: việc xảy ra ở chỗ nào, gần chợ, cầu, trường hay quán nào?",
    "when": "Bà con thấy việc này thường xảy ra vào giờ nào, ngày nào trong tuần?",
    "vehicle": "Bà con thấy xe loại gì, màu gì, nhớ được số nào trong biển số?",
    "looks": "Bà con thấy những người đó chừng bao nhiêu tuổi, ăn mặc thế nào, có gì dễ nhận ra?",
    "still": "Việc này có còn tiếp diễn không? Lần gần nhất bà con thấy là khi nào?",
    "safe": "Bây giờ có ai đang gặp nguy hiểm không? Nếu có, bà con gọi 113 ngay.",
}
ENDINGS = {
    "handled": "Đơn vị đã xác minh và xử lý. Cảm ơn bà con đã báo tin.",
    "handed_over": "Đơn vị đã chuyển nội dung này đến cơ quan có thẩm quyền. Cảm ơn bà con.",
    "not_enough": (
        "Đơn vị đã xem tin nhưng chưa đủ thông tin để làm tiếp. "
        "Biết thêm điều gì, mời bà con gửi tin mới."
    ),
    "twin": "Đơn vị đang xử lý việc này theo một tin khác. Cảm ơn bà con đã báo tin.",
    "spam": "Nội dung này không có sự việc để xác minh. Khi có việc cụ thể, mời bà con báo lại.",
}
