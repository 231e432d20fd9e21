"""Replies that need not be written anew: questions about the matter, and words to end with."""

QUESTIONS = {
    "where": "Sự việc xảy ra ở đoạn nào, gần nhà hay công trình gì dễ nhận ra?",
    "when": "Sự việc thường xảy ra vào khoảng giờ nào, ngày nào trong tuần?",
    "vehicle": "Xe loại gì, màu gì, có nhớ số nào trong biển số không?",
    "looks": "Những người đó khoảng bao nhiêu tuổi, ăn mặc thế nào, có dấu hiệu gì dễ nhận?",
    "still": "Sự việc có còn tiếp diễn không? Lần gần nhất thấy là khi nào?",
    "safe": "Hiện có ai đang gặp nguy hiểm không? Nếu có, hãy gọi 113 ngay.",
}
ENDINGS = {
    "handled": "Đơn vị đã xác minh và xử lý. Cảm ơn bà con đã báo tin.",
    "handed_over": "Đơn vị đã chuyển nội dung này đến cơ quan có thẩm quyền. Cảm ơn bà con.",
    "not_enough": "Đơn vị đã xác minh nhưng chưa đủ thông tin. Khi thấy thêm điều gì, mời báo lại.",
    "twin": "Đơn vị đang xử lý việc này theo một tin khác. Cảm ơn bà con đã báo tin.",
    "spam": "Nội dung này không có sự việc để xác minh. Khi có việc cụ thể, mời bà con báo lại.",
}
