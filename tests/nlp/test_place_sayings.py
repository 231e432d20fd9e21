"""What people say of a place besides its name: slips of the tongue, wards in words, bare names."""

import pytest

from nlp.places import Home
from tests.gazetteer import router
from tools import ordinary_names


@pytest.mark.parametrize(
    ("text", "home", "code"),
    [
        # Somebody has misspoken.
        ("p. lê bình... ý lộn, phường Phú Thứ quận Cái Răng có nhà trữ pháo", "92", "31201"),
        ("P. 7... à quên, thị trấn Pơng Drang cũ á, chợ đêm có móc túi", "66", "24316"),
        ("xã Bình Châu, Quảng Ngãi, í lộn, Bình Châu Bà Rịa - Vũng Tàu, có móc túi", None, "26656"),
        ("xã Long Trạch... ủa quên, xã Long Cang huyện Cần Đước mới đúng", None, "28126"),
        # What is only added takes nothing back.
        ("mất xe ở xã Rạch Kiến, à quên nói thêm là gần chợ Tân Lân", "80", "28114"),
        # Both ends of the way lie in one commune today.
        ("chạy từ xã Long Khê qua tới xã Long Trạch, Cần Đước rồi vứt xe lại", "80", "28114"),
        # Numbers in words, without marks.
        ("phg muoi hai q go vap, nha thuoc ban thuoc ho", "79", "26882"),
        ("phuong muoi bon quan sau, cua hang dt bi dap kieng", "79", "27349"),
        # The message begins with the only name of its kind in the country, and it is near.
        ("Tam Thôn Hiệp có xưởng sang chiết gas lậu", "79", "27667"),
        ("Tĩnh Túc có nhóm đào thiếc lậu ban đêm", "04", "01729"),
        # An island's commune, whose type word is "xã đảo".
        ("xã đảo Thạnh An, TPHCM, ghe cào điện", "79", "27676"),
        ("tinh khe, co nhom lam bien so xe gia", "51", "21211"),
        ("thuy bieu ay anh, nha vuon co nguoi toi xem do co", "46", "19813"),
        ("Rạch Sỏi nghen, Rạch Giá á, chợ nông sản ép giá", None, "30742"),
        # A name that others far away bear too; keys of Telex left over.
        ("nghiã dũng tối qua nhóm choai choai cầm mã tấu rượt nhau", "51", "21034"),
        ("duc myx cang long co may nguoi dan ong la", "86", "29302"),
        ("thowis tam thoon hoc moon xuong ep nhua boc khoi", "79", "27568"),
        ("Thuận Quúy có resort đổ nước thải ra biển", "68", "23143"),
        ("dưới thọ bìnhh triệu sơn trẻ trâu chế pháo nổ", None, "15667"),
        # A crossing lies where its address says; half of a new name is the name.
        ("Ngã ba Đăk Ruồng, huyện Kon Rẫy cũ, xe chở gỗ lậu", None, "23497"),
        ("phường Cam Ly á, khúc hồ Vạn Kiếp, xưởng dệt xả nước", "68", "24787"),
        # The district comes first, in small letters.
        ("huong khe ht xa Phuc Trach, trộm bưởi cả xe tải", "40", "18547"),
        # What leads to a place besides "ở".
        ("quê em Vĩnh Phúc, lên Lũng Phìn đi chợ phiên bị móc mất ví", "08", "00763"),
        ("Biển Thiên Cầm, khách sạn đầu đường, cháu bị chụp lén", "42", "18676"),
        ("lán ở bãi Phúc Tân, đêm qua bị lấy ba cái điện thoại", "01", "00097"),
        # What happened in the village one comes from happened there.
        ("vợ con ở quê Hiếu Trung huyện Tiểu Cần bị ông anh chồng đuổi đi", None, "29341"),
        # Two of before, in one commune of today.
        ("hình như là Hải Phú hoặc Hải Lâm, huyện Hải Lăng, có lò gạch", "44", "19702"),
        # Namesakes in namesake districts: the one near home.
        ("tt vinh thanh h vinh thanh quan nhau keo xe chan lo 80", "92", "31232"),
        # A name that begins with a type word.
        ("o phuong trung thanh oai bon cho hang non gia phao lua nguoi gia", "01", "10114"),
        # A district misspelt behind a name of three words; a school of its commune.
        ("lo gach bo hoang tan long hoi mang thic tui nho tu tap hit keo", "86", "29653"),
        ("trường cấp 3 Mậu A văn yên yên bái, nhóm lớp 11 bắt bạn", "15", "04375"),
        # A name that hardly anybody uses as plain words, near home, wherever it stands.
        ("có xe tải chở gỗ lậu chạy đêm qua Pờ Y, gần cửa khẩu", "51", "23377"),
        ("Mấy chú sư kêu tui nhắn, thạnh hòa sơn đó, thùng phước sương bị nạy", "86", "29530"),
        ("đi xe ôm từ vinh về tới nghi kiều thì bị hai thằng chặn lấy ví", "40", "17854"),
        # A landmark called like the one commune near home.
        ("toi ban hang nuoc o den Bao Ha, hom nay lai co ke moc vi khach", "15", "02989"),
        ("cù lao Thới Sơn, tàu du lịch tranh khách đâm nhau", "82", "28270"),
        ("taxi du tranh khach chui boi khach du lich, cang cai rong", "22", "06994"),
        # A bare name in the district told beside it.
        ("Y Yen. Yen Luong. Dot rom khoi mit mu", None, "13864"),
        ("Bát Xát lên nữa, tận Sàng Ma Sáo cơ, có người dụ con gái", None, "02707"),
        ("Tiền hải thái bình á, tầm dong xuyen, đầm tôm bị thả thuốc sâu", None, "12988"),
        # "Sơn Động" stands across the district and its ward.
        ("tu son dong nguyen cay xang gian tien", None, "09385"),
        # Small letters behind a type word, in a text with capitals.
        ("xã nguyễn bỉnh khiêm nhé các bác, con từ Cát Bi về, đang vác cuốc", None, "11911"),
        # The end of the way is where it happened.
        ("em đi từ xã Suối Tân qua xã Suối Cát thì bị chặn đầu xe", "56", "22708"),
        ("Em từ Cam Ranh chạy về tới xã Suối Cát thì gặp đám chặn đầu xe", "56", "22708"),
    ],
)
def test_what_people_say_of_a_place_besides_its_name(
    text: str, home: str | None, code: str
) -> None:
    place = router().locate(text, Home(home))

    assert (place.decision, place.code) == ("route", code)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("xã Tân Thành, Lâm Đồng có trộm", "68"),  # one of today, others of before the mergers
        ("Nhà Bè có trộm", "79"),  # a district too
        ("tt vinh thanh h vinh thanh quan nhau keo xe", None),  # nobody knows near which
        ("hộ phòng thì đông người biết rồi nhưng vụ này ở láng tròn", "96"),  # two of them
        ("Diên Sanh có hụi vỡ", None),  # nobody knows where the writer is
        ("Tam Thôn Hiệp có xưởng sang chiết gas lậu", "92"),  # far from home
        ("đua xe chạy từ phường Cẩm Tây xuống phường Cửa Ông", "22"),  # two places, one way
        # Whose name a swindler uses twice is no place where anything happened.
        ("mạo danh công an xã Rạch Kiến gọi cho em, hôm sau lại xưng công an xã Rạch Kiến", "80"),
        ("Quê em xã Tân Lộc huyện Lộc Hà, em đang đi làm xa", None),  # only where somebody is from
        ("đám cỏ ngay ranh Điện Hồng với Điện Phong đang cháy", "48"),  # two of them
        ("em thấy biển xã gì đó, xuân hồng hay hồng quang em quên rồi", "37"),  # one or the other
    ],
)
def test_where_more_can_be_meant_it_still_asks(text: str, home: str | None) -> None:
    assert router().locate(text, Home(home)).decision == "ask"


@pytest.mark.parametrize(
    "text",
    [
        "tau cat ba express ban ve khong, em mua qua mang",  # called after a place
        "nay hòa bình rồi, ai cũng vui",  # plain words
    ],
)
def test_what_is_only_called_after_a_place_names_none(text: str) -> None:
    assert router().locate(text, Home("31")).decision == "none"


def test_the_list_of_plain_words_is_what_the_training_texts_hold() -> None:
    assert ordinary_names.FILE.read_text("utf-8").splitlines() == ordinary_names.ordinary()
