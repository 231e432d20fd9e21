"""The words in which people speak of themselves, their own and others, in classes.

Each class has a letter, so that a text becomes a short string of letters that rules can read.
"""

from functools import cache
from typing import NamedTuple

from nlp.letters import strip_marks

# Written with marks; found without them too where the whole text lacks them. An earlier class
# wins where two words look alike.
_CLASSES = {
    # Whoever writes. "con" and "em" have letters of their own: they are said of others as well.
    "i": """tôi|tui|tau|tao|mình|mik|mk|mìk|mìn|tớ!|choa|t|tôy|toii|mềnh|moa|iem|iêm|emm|tuj
        |tuii|mih|mjk|miềng|toy|tuôi|tổ tui|tổ tôi|tổ em|tổ con|đội tui|đội tôi|đội em|nhóm tui
        |nhóm em|ca tui|tụi mình|chúng mình|bọn mình""",
    "e": "em|e",
    "c": "con|cháu",
    # Officers, when they are spoken to.
    "%": """mấy anh|các anh|mấy a|các a|mấy chú|các chú|mấy cô chú|các cô chú|cô chú|mấy bác
        |các bác|mấy ông|các ông|mấy cô|các cô|mấy chị|các chị|anh chị|các anh chị|mấy anh chị
        |quý anh|quý cơ quan|anh công an|chú công an|các đồng chí|đồng chí|mấy sếp|cán bộ trực
        |công an|ca xã|mấy cán bộ|mấy eng|các eng|mấy ôn|anh em công an|ac|mọi người|mn
        |bà con cô bác|bà con""",
    # Titles; many are names of kinship too.
    "b": "ba",
    "O": "co",
    "y": "bo|ma|u",
    # Said after a name by whoever bears it, and what introduces or signs one.
    "K": "đây|nè|nì|nek|nà|đây nè|đây nha|đây ạ|đây nghen|nè nha",
    "9": """người báo|người báo tin|người gửi|người gửi tin|người viết|người viết đơn
        |người làm đơn|ký tên|kí tên|người tố cáo|người trình báo|người cung cấp|người tố giác
        |người phản ánh|ký|kính đơn""",
    "G": """tên trên bằng|tên trên giấy|tên trên thẻ|tên trong giấy|tên trên căn cước
        |tên trên phiếu|tên trên cccd|tên trong sổ|tên trên hồ sơ""",
    "3": """xin báo|xin trình báo|kính báo|xin tố cáo|xin phản ánh|trân trọng|xin trình bày
        |báo tin|làm đơn này|kính gửi|xin tố giác|báo nè|xin gửi|nhờ công an|xin nhờ|trình báo""",
    "f": "họ",
    "t": "ông|bà|cô|chú|bác|dì!|cậu|mợ|thím|anh|chị|mệ|dượng|thầy|cụ|ôn|bé|cu",
    "2": "hai|tư|năm|sáu|bảy|tám|chín|mười|út|cả",
    # Together with whoever writes.
    "g": """chúng|bọn|tụi|vợ chồng|gia đình|gđ|cả nhà|vợ con|hai vợ chồng|2 vợ chồng|mẹ con
        |má con|hai mẹ con|2 mẹ con|cha con|hai cha con|bố con|hai bố con|anh em|chị em
        |hai chị em|hai anh em|2 anh em|2 chị em|cả gia đình|cả phòng|nhóm|ae""",
    # Others.
    "h": """nó|hắn|hấn|y|bả|ổng|cổ|ảnh!|tụi nó|bọn nó|chúng nó|bọn chúng|tụi hắn|tụi hấn|tụi này
        |bọn này|tụi đó|bọn đó|thằng|thg|lão|gã|mụ|kẻ|đứa|đối tượng|con nhỏ|con mẹ|con đó
        |con này|con kia|con mụ|con bé|con lừa|con nghiện|con nợ|con buôn|con bạc|con khốn|em bé
        |em ấy|em đó|em nó|em kia|các em|mấy em|bé em|cháu bé|cháu nó|các cháu|mấy cháu|một cháu
        |cháu nhỏ|cháu ấy|cháu ông|cháu bà|mấy e|ông ta|bà ta|ông ấy|bà ấy|anh ta|chị ta|anh ấy
        |cô ta|cô ấy|chị ấy|người ta|ngta|hai đứa|mấy đứa|hai thằng|một người|có người|shop
        |người lạ|kẻ lạ|hàng xóm|hàng xóm tôi|hàng xóm em|hàng xóm nhà tôi|hàng xóm nhà em
        |hàng xóm tui|hàng xóm nhà tui""",
    # Near relatives and partners of somebody.
    "r": """chồng|vợ|ck|vk|vowj|chồng cũ|vợ cũ|chồng hờ|vợ hờ|chồng trước|vợ trước
        |chồng sắp cưới|vợ sắp cưới|vợ bé|ông chồng|bà vợ|thằng chồng|con vợ|người yêu
        |người yêu cũ|ny|ny cũ|bồ!|bồ cũ|bồ nhí|bạn trai|bạn gái|bạn trai cũ|bạn gái cũ
        |người tình|hôn phu|vị hôn phu|ghệ|ghệ cũ|cha ruột|ba ruột|bố ruột|mẹ ruột|má ruột
        |cha đẻ|bố đẻ|mẹ đẻ|ba nuôi|cha nuôi|bố nuôi|mẹ nuôi|má nuôi|ba ghẻ|cha ghẻ|bố dượng
        |ba dượng|cha dượng|dượng ghẻ|mẹ kế|mẹ ghẻ|má ghẻ|dì ghẻ|mẹ chồng|má chồng|ba chồng
        |bố chồng|cha chồng|mẹ vợ|mẹ vowj|má vợ|ba vợ|bố vợ|cha vợ|ông ngoại|bà ngoại|ông nội
        |bà nội|nội!|ngoại!|ông cố|bà cố|mệ nội|mệ ngoại|anh ruột|chị ruột|em ruột|em gái
        |em trai|anh trai|chị gái|anh cả|chị cả|anh hai|chị hai|em út|em gái ruột|em trai ruột
        |em gái út|em trai út|anh trai ruột|chị gái ruột|anh rể|em rể|chị dâu|em dâu|anh họ
        |chị họ|em họ|em gái họ|em trai họ|anh em họ|anh vợ|em vợ|chị vợ|em gái vợ|em trai vợ
        |anh chồng|em chồng|chị chồng|em gái chồng|em trai chồng|thằng em|thằng anh
        |thằng em trai|thằng em ruột|thằng em họ|thằng em rể|thằng em vợ|thằng em chồng|đứa em
        |đứa em gái|đứa em trai|con em gái|ông anh|bà chị|ông anh rể|ông anh họ|anh em ruột
        |chị em ruột|anh em cột chèo|anh em bạn rể|cột chèo|chị em bạn dâu|bạn dâu|chú ruột
        |bác ruột|cô ruột|dì ruột|cậu ruột|chú họ|bác họ|cô họ|dì họ|cậu họ|chú thím|cậu mợ
        |dượng rể|ông chú|ông bác|ông cậu|bà cô|bà dì|bà thím|bà mợ|ông dượng|ông bác ruột
        |ông chú ruột|cháu nội|cháu ngoại|cháu ruột|cháu họ|cháu gái|cháu trai|cháu dâu|cháu rể
        |đứa cháu|thằng cháu|thằng cháu nội|thằng cháu ngoại|thằng cháu họ|thằng cháu ruột
        |con rể|con dâu|thằng con rể|thằng rể|con nuôi|con riêng|con đỡ đầu|sui gia|thông gia
        |sui|bà con với|bà con ruột với|họ hàng với|họ hàng|người nhà|người thân|thằng nhóc nhà
        |thằng lớn nhà|thằng nhỏ nhà|thằng cu nhà|thằng út nhà|con bé nhà|con nhỏ nhà|ông nhà
        |bà nhà|ông xã nhà|đứa nhỏ nhà|thằng con nhà|cu nhà|bạn cùng phòng|bạn chung phòng
        |bạn ở ghép|vợ chồng anh trai|vợ chồng chị gái|vợ chồng em trai|vợ chồng em gái""",
    "8": "ông xã|bà xã|ox|bx",
    "p": """mẹ|má!|bố!|cha|tía|bầm!|ông già|bà già|ông bô|bà bô|bà má|ông bố|bà mẹ|ông cha|ba má
        |ba mẹ|bố mẹ|cha mẹ|tía má|bu|mạ!|thầy u|papa|mami|mẹ già|cha má""",
    "k": """con trai|con gái|con út|con cả|con ruột|con đẻ|con lớn|con đầu|con gái út
        |con trai út|con gái lớn|con trai lớn|con gái đầu|con trai đầu|con gái rượu|con trai cả
        |con gái cả|con gái ruột|con trai ruột|thằng con|đứa con|đứa con gái|đứa con trai
        |thằng con trai|con nhỏ út|thằng út|thằng lớn|con gái nhỏ|con trai nhỏ|thằng con út
        |thằng con lớn|con trai độc nhất|con trai một|con gái một|bé nhà|bé út nhà|cháu nhà
        |cu cậu nhà""",
    # Where somebody lives, and what stands beside it.
    "H": """nhà|phòng|phòng trọ|căn hộ|căn|căn nhà|căn trọ|chỗ trọ|chỗ ở|ruộng|ruộng nhà|vườn
        |vườn nhà|đất!|đất nhà|rẫy!|rẫy nhà|ao!|ao nhà|đìa!|vuông|vuông tôm|chòi!|trại!|mảnh đất
        |nhà riêng|nhà ở|nhà trọ|buồng|nhà bè""",
    "Q": """cái nhà|ngôi nhà|cái căn|căn có|nhà sàn|nhà lá|nhà mái|nhà lầu|nhà tôn|nhà cấp bốn
        |nhà rông""",
    "B": """sau nhà|trước nhà|trước cửa nhà|trước cổng nhà|đầu ngõ nhà|hẻm nhà|ngõ nhà
        |sau hè nhà|hông nhà|phía sau nhà|đối diện|đối mặt|cạnh|bên cạnh|ngay cạnh|kế!|kế bên
        |sát|sát bên|sát vách|sát cạnh|sát nhà|chung vách|chung tường|chung bức vách
        |chung một vách|vách|một vách|chung rào|chung một bức vách|chung bức tường|chung một bức
        |chung cổng|chung sân|chung lối|chung ngõ|chung đường luồng|giáp|giáp ranh|giáp vách
        |liền kề|sau lưng|ngay sau|ngay sau lưng|phía sau|ngay trước|cách|chỉ cách|sát hông
        |sát rào|sát tường|sát sau|bên hông|cặp!|ngay kế|ngay sát|liền vách|đâu lưng|đấu lưng
        |xéo|chéo|cách có|phòng số|ngay đối diện|nhìn sang|nhìn qua|dòm qua|nhìn xuống
        |nhìn thẳng|ngó qua|ngó sang|dựa lưng|mặt tiền|đầu hồi|chung dãy|cùng dãy""",
    "D": """số nhà|nhà số|hẻm|kiệt|ngách|tầng|lầu|dãy|dãy trọ|khu trọ|xóm trọ|block|tòa|toà
        |chung cư|ký túc xá|ktx|nhà tập thể|khu tập thể|ki ốt|ki-ốt|kiot|căn số|lô|cư xá|tập thể
        |gác|p|phong|ngõ|nhà nghỉ|homestay|căn góc|căn chót|căn cuối|căn đầu|phòng cuối
        |phòng đầu|sạp|quầy""",
    "x": """gần|đầu|cuối|giữa|trong|trên|dưới|sau|trước|ngay|khu|ấp|xóm|thôn|tổ|bản!|buôn!|sóc!
        |phum|mé|góc|chân|rìa|mép|dọc|ven|bờ|phía|bên|bên phải|bên trái|bên hông|mặt|đường
        |ngã ba|ngã tư|khu phố|phố|cụm|đội!|mé sau|khúc""",
    "s": "số",
    "d": """ở trọ|trọ|thuê|thuê trọ|thuê nhà|thuê phòng|mướn|mướn phòng|tạm trú|thường trú
        |cư trú|sống|ngụ|trú|trú tại|lưu trú|hộ khẩu|ở thuê|ở nhờ|ở đậu|ở ghép|tá túc|sinh sống
        |định cư""",
    "o": "ở|tại|trong|ngoài|nằm|tọa lạc",
    "j": "địa chỉ|đc|đ c|dchi",
    "6": """lan can|cửa sổ|ban công|sân thượng|camera|cam!|camera an ninh|hành lang|gác xép
        |cam hành trình|camera hành trình|cửa sổ phòng|cửa sổ nhà|ban công nhà|camera nhà
        |cam nhà|sân thượng nhà""",
    # Where somebody works or learns, and as what.
    "Y": """trường|công ty|cty|cti|xưởng|nhà máy|quán|bệnh viện|bv|trạm|kho|lớp|lop|khoa!|chợ!
        |khách sạn|ngân hàng|ubnd|uỷ ban|ủy ban|chi nhánh|siêu thị|cửa hàng|tiệm|bãi|cảng!
        |hợp tác xã|htx|đội!|xí nghiệp|nhóm trẻ|tổ|trung tâm|mầm non|nhà thuốc|trg|thcs|thpt
        |tiểu học|đại học|cao đẳng|phân xưởng|bến xe|bến phà|bến đò|bến tàu|kho bạc|bưu điện
        |bưu cục|nông trường|trại!|khu công nghiệp|kcn|hiệu thuốc|xưởng may|công trường
        |công trình|lò gạch|lò mổ|lò!|spa|salon|nhà hàng|nhà nghỉ|karaoke|bar|vựa!|đại lý
        |văn phòng|phòng khám|quầy|sạp|ngoài chợ|trong chợ|đầu chợ|cổng chợ|cây xăng|trạm xăng
        |trạm y tế|tàu!|ghe|ca đêm|ca sáng|ca chiều|ca tối|chuyền!|dây chuyền|ca|bộ phận
        |ban quản lý|ban!|hội!|bếp|cơ quan|sở!|phòng|shop|garage|gara|bãi xe|tiệm nail|tiệm vàng
        |quán cơm|quán nhậu|quán cà phê|quán cafe|quán net|tiệm net|toà nhà|tòa nhà|chung cư
        |nhà xe|hãng!|mỏ!|thủy điện|rừng|đồn điền|cổng|vườn|xưởng gỗ|trg cấp|nhà trẻ|mẫu giáo
        |trung tâm bảo trợ|tòa soạn|chùa!|nhà thờ|bể bơi|sân bóng""",
    "J": """giám đốc|hiệu trưởng|chủ tịch|giáo viên|cô giáo|thầy giáo|công nhân|bảo vệ|kế toán
        |y tá|điều dưỡng|bác sĩ|dược sĩ|học sinh|sinh viên|tài xế|cán bộ|cán bộ địa chính
        |cán bộ phường|cán bộ xã|trưởng thôn|tổ trưởng|tổ phó|trưởng ấp|trưởng ban|nhân viên
        |thu ngân|vệ sĩ|tạp vụ|lao công|phụ hồ|thợ|shipper|quản lý|giám sát|thủ kho|lễ tân
        |chủ nhiệm|bí thư|cộng tác viên|ctv|kỹ thuật|kỹ sư|bảo mẫu|hội trưởng|chi hội trưởng
        |chi hội|thư ký|bốc xếp|bán vé số|xe ôm|đầu bếp|phụ bếp|phụ xe|dân quân|y sĩ|hộ lý
        |bảo trì|tổ viên|đội trưởng|đội phó|nv|cn|hs|sv|gv|nhân sự|hành chính|tiếp tân|trông trẻ
        |giữ xe|giữ trẻ|pha chế|chủ quán|chủ tiệm|chủ trọ|chủ nhà|chủ vựa|chủ shop|chủ ghe
        |chủ trại|chủ xưởng|chủ đại lý|lái xe|phó phòng|trưởng phòng|trưởng ca|tổ bảo vệ
        |hiệu phó|kiểm lâm|thợ may|thợ hồ|thợ hàn|thợ máy|thợ điện|kế toán trưởng|giúp việc
        |phục vụ|bồi bàn|hướng dẫn viên|lớp trưởng|bí thư đoàn|thực tập sinh|ban cán sự
        |trưởng nhóm|thủ quỹ|văn thư|bán hàng|thợ sơn|dân phòng|ca trưởng|quản đốc|kỹ thuật viên
        |đại lý|tiểu thương|thuyền viên|ngư phủ|bạn ghe|tài công|thợ lặn|hớt tóc|thợ hớt tóc
        |thợ bạc|quét rác|vệ sinh|lơ xe|giao hàng|công chức|viên chức|trinh sát|bộ đội
        |giảng viên|trợ giảng|gia sư|thầy thuốc|trưởng khu phố|phó ấp|bác sỹ|ytá|đội bốc xếp|đội
        |thanh niên xung phong|cấp dưỡng|thợ mộc|thợ đụng""",
    # To do as work: for somebody, or somewhere.
    "V": """làm|lm|làm việc|lái xe|lái|giúp việc|làm công|làm thuê|làm mướn|phụ|phụ việc
        |nuôi bệnh|trông trẻ|giữ trẻ|giữ|làm ô sin|chở hàng|chạy xe|nấu ăn|nấu cơm|làm kế toán
        |làm bảo vệ|giao hàng|bốc vác|chạy việc|ship|giao đơn|ship đơn|đóng hàng|làm thợ|làm phụ""",
    "v": """học|hc|dạy|trực|trực đêm|trực ca đêm|làm đêm|gác đêm|chạy xe ôm|chạy grab
        |chạy ba gác|chạy xe tải|chạy taxi|chạy xe khách|chạy xe công nghệ|gác|may|nấu|quét
        |quét dọn|lau dọn|rửa chén|đứng máy|đứng lớp|đứng quầy|công tác|thực tập|phục vụ|bưng bê
        |canh|tuần tra|vận hành|cân|gia công|chạy bàn|đi làm|đi học|đi dạy|đi trực|tăng ca
        |làm ca|hành nghề|lau|trông coi|coi kho|thuyên chuyển|hàn|gác cổng|rửa xe|hớt tóc
        |cắt tóc""",
    "&": """bán|bán hàng|buôn bán|bán cơm|bán nước|bán vé|đứng bán|phụ bán|thu mua|kinh doanh
        |mở quán|mở tiệm|thuê sạp""",
    "=": """học cùng|học chung|chung lớp|cùng lớp|chung bàn|cùng trường|chung trường|chơi chung
        |đi chung|làm chung|làm cùng""",
    # Names of papers, accounts, pages, vehicles, numbers.
    "F": """cccd|cmnd|cmt|căn cước|căn cước công dân|chứng minh|chứng minh nhân dân
        |chứng minh thư|số định danh|định danh|mã số thuế|mst|mã số sinh viên|mã học sinh
        |mã số bảo hiểm|mã bhxh|số bhxh|số bảo hiểm|mã số công dân|sổ bhxh|bhxh|bhyt
        |bảo hiểm y tế|bảo hiểm xã hội|bảo hiểm|hộ chiếu|passport|mã hồ sơ|thẻ đảng viên
        |giấy phép lái xe|gplx|bằng lái|bằng lái xe|thẻ sinh viên|mã sinh viên|mssv|msv
        |mã nhân viên|mã số nhân viên|thẻ nhân viên|thẻ ngành|số hiệu|sổ hộ khẩu|sổ hộ nghèo
        |giấy khai sinh|hồ sơ|mã khách hàng|mã vận đơn|sổ bảo hiểm y tế|thẻ bảo hiểm y tế
        |thẻ bảo hiểm|thẻ bhyt|id|mã thẻ|số báo danh|sbd|hợp đồng|mã hs|sổ bảo hiểm|thẻ căn cước
        |mã định danh|số thẻ|thẻ thương binh|sổ tiết kiệm|thẻ ngân hàng|thẻ tín dụng
        |thẻ học sinh|mã bệnh nhân|mã tài xế|số chứng minh|số căn cước|cmtnd|thẻ nhà báo
        |thẻ đảng|mã bảo hiểm|mã số bhxh|thẻ xe|thẻ gửi xe|thẻ căn cước công dân
        |chứng minh thư nhân dân|mã số thẻ|sổ thương binh|sổ lương hưu""",
    "A": "stk|số tài khoản|tài khoản|tk|số thẻ|thẻ|ví|momo|ví momo|thẻ atm|atm",
    "S": """fb|face|facebook|phây|phây búc|facebok|zalo|zl|tiktok|tik tok|insta|instagram|ig
        |nick|nik|tele|telegram|viber|nick zalo|nick fb|nick facebook|acc|acc fb|acc tiktok
        |tk fb|tài khoản fb|tài khoản facebook|tài khoản tiktok|tài khoản zalo|kênh tiktok
        |trang fb|youtube|threads|thờ rét|discord|wechat|messenger|mess|nick game|nickname
        |tên zalo|tên fb|tên facebook|tên tiktok|zalo tên|fb tên|facebook tên|nick tên""",
    "X": """xe|xe máy|xe oto|xe ô tô|ô tô|oto|xe con|xe tải|xe wave|xe sh|xe ab|xe dream
        |xe vision|con xe|chiếc xe|chiếc|xe khách|xe ba gác|xe bán tải|xe đầu kéo|xe container
        |xe grab|xe ôm|xe điện|xe hơi|ghe|xe lôi|xe 7 chỗ|wave|dream|vision|air blade|sirius
        |exciter|vario|lead|winner|cub""",
    "L": "bs|mang biển|biển số|biển số xe|bks|biển kiểm soát|số xe",
    "C": """liên hệ|liên lạc|lh|gọi lại|gọi lại cho|alo|a lô|alô|inbox|inb|ib|cần gì gọi
        |có gì gọi|cần thì gọi|cần gọi|xin gọi|gọi giùm|hú|ới|nháy|nháy máy|rep|trả lời|phản hồi
        |hồi âm|báo lại|kết bạn|gọi sau|có gì alo|cần gì alo|điện lại|nhắn lại|trao đổi""",
    "U": """gọi|gọi cho|nhắn|nhắn cho|nhắn qua|nhắn tin|gọi về|gọi qua|gọi số|gọi vào|gọi theo
        |gọi đến|nt|điện|điện cho|add|gửi|gởi|gửi về|hẹn|tìm|phone|call|hỏi thẳng""",
    # Numbers after or before these are somebody else's.
    "0": """số lạ|lừa đảo|lừa|bị lừa|giả mạo|hotline|tổng đài|tờ rơi|quảng cáo|biển hiệu
        |bảng hiệu|thuê bao|dùng số|dùng sim|sim rác|số đó|gọi dọa|gọi doạ|đe dọa|dán tường|xưng
        |mạo danh|giả danh|chủ tài khoản|bên bán|nhắn tin lừa|đăng bán|chuyển khoản|chuyển tiền
        |khách hàng|người nhận|rao|gửi từ|mail từ|nhận được|nhận mail|đường link|link""",
    "T": """mail|gmail|email|thư điện tử|hộp thư|yahoo|hotmail|sđt|sdt|sđth|số điện thoại|đt|dt
        |điện thoại|số máy|số zalo|hotline của|di động|dđ|số phone|số đt|đthoại|sim|số dt""",
    # Small words.
    "n": """tên cúng cơm|tên ở nhà|tên thánh|tên mụ|tên hay gọi|tên|họ tên|họ và tên|tên thật
        |tên đầy đủ|tên họ|tên gọi|tên thường gọi|tên khai sinh|biệt danh|quý danh|ten""",
    "l": "là|vốn là|nguyên là|chính là|vẫn là|tức là|đang là|cũng là|từng là",
    "u": "của",
    "4": "cho",
    "5": "với|vs|cùng với",
    "a": """đang|đag|đg|hiện|hiện đang|hiện tại|cũng|vốn|trước|từng|mới|đã|vẫn|thì|thường
        |thường hay|hay|cứ|có|lại|lâu nay|xưa nay|tự|còn|là người|hồi trước|trước đây|trước kia
        |ngày xưa|lúc trước|đó giờ|xin|chuyên|được|dc|mấy năm nay|năm nay|nay|chỉ|chỉ là
        |làm nghề|bây giờ|giờ|đều|toàn|chính|phải""",
    "m": """xa|tận|quê|vùng|miền|xứ|về|ngang|đi ngang|đi qua|qua|đến|tới|ra|vô|vào|sang|đi chợ
        |đi|chạy ngang|ghé|lên|xuống""",
    "7": """khóc|sợ|lo|buồn|già|kể|nói|dặn|kêu|biểu|bảo|la|mắng|khuyên|không|ko|k|hok|hông|hổng
        |chẳng|chưa|dạy|thương|muốn|thấy|biết|đau|bệnh|ốm|mất|yếu|nhờ|cũng sợ|rầu|mới biết|dắt
        |đưa|chở|rủ|hỏi|nghe|nhìn|ngó|dòm|gia yếu|già yếu|xin|ngủ|vừa thấy|ra can|can|phát hiện""",
    "1": """hôm|chiều|sáng|trưa|khuya|hồi|bữa|tối!|đêm!|tối nay|tối qua|tối hôm|mỗi tối|tối nào
        |buổi tối|tối đến|đêm nào|ban đêm|nửa đêm|hôm qua|hôm trước|bữa nay|bữa hổm|hồi hôm
        |đêm đêm|ngày nào|tháng nào|chiều nào""",
    "z": """ngay đây|mà|nên|thì|nhưng|nma|nhma|bị|vừa|co thay|có thấy|ở đây|nha|nhe|nhé|ạ|á|ak|à
        |nghe|nghen|do|vì|tại vì|để|rồi|r|khi|lúc|đêm|đem!|chứng kiến|thấy|nghe nói|nghe kể|báo
        |tố cáo|tố giác|trình báo|phản ánh|nhờ|mong|không dám|làm mất|làm đơn|làm giấy|làm phiền
        |làm gì|làm sao|làm quen|làm rơi|làm chứng|làm ơn|làm hồ sơ|làm thế nào|làm thinh
        |làm ngơ|làm lớn|học thêm|con nít|con người|con hẻm|con đường|con đê|con sông|con kênh
        |con chó|con heo|con bò|con trâu|con gà|con hàng|con dao|con dốc|con phố|con em|con cháu
        |con tin|con tàu|con mồi|con rạch|con vật|con thú|con lộ|con suối|trẻ em|hai em|một em
        |em gì|tui nó|mời|nếu|hoặc|hình như|chắc|thôi!|mấy!|các!|chứ|chớ|chộ|gặp|đánh|lấy!|trộm
        |giật|cướp|chặn|doạ|dọa|đòi!|chửi|rượt|đuổi|tông!|đụng!|đâm|chém|đốt|trốn|nhắn tin dọa
        |tuồn|xả!|đổ!|từ đó|uống rượu|uống|nhậu|nhậu nhẹt|say|say xỉn|chơi|cờ bạc|đánh bạc
        |ghi đề|cá độ|nghiện|mê!|cặp!|ngoại tình|bỏ!|hút|chích|mua|tàng trữ|vay|nợ!|cầm!|cầm dao
        |đập!|phá!|ép|hành hung|bạo hành|hiếp|sờ|rình|lén|quỵt|giấu|dấu|giam|nhốt|hành hạ|bán độ
        |dắt mối|gạ|quấy rối|xâm hại|xưng|khai|tham gia|cầm đầu|dính|chứa|tiêu thụ|môi giới|theo
        |dụ|dụ dỗ|tống tiền|bắt!|lấy trộm|mua bán|vừa bán|bán ma túy|bán đá""",
}
_ONLY_MARKED = "!"


def words(said: str) -> frozenset[str]:
    """Words written with blanks between them."""
    return frozenset(said.split())


class Phrase(NamedTuple):
    """One way to write a phrase: with its marks, its class, and whether it needs the marks."""

    written: str
    letter: str
    only_marked: bool


@cache
def known() -> dict[str, tuple[Phrase, ...]]:
    """Every phrase without marks → what it may stand for; the first that fits is meant."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for letter, phrases in _CLASSES.items():
        for said in phrases.split("|"):
            phrase = " ".join(said.split())
            written = phrase.removesuffix(_ONLY_MARKED)
            one = Phrase(written, letter, written != phrase)
            bare = strip_marks(written)
            found[bare] = (*found.get(bare, ()), one)
    return found


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """How many words the phrases that begin with a word have, the longest first."""
    found: dict[str, set[int]] = {}
    for bare in known():
        found.setdefault(bare.split(" ", 1)[0], set()).add(bare.count(" ") + 1)
    return {first: tuple(sorted(counts, reverse=True)) for first, counts in found.items()}
