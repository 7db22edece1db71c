"""Căn cước payloads: what is read, what only warns, what is refused (domain.md 7)."""

import dataclasses
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.rules.citizen_id import (
    CardError,
    CitizenCard,
    check_number,
    identities_masked,
    mask,
    masked_in,
    parse,
)

TODAY = date(2026, 11, 23)
THU = "012087000001|045000123|Lò Văn Thử|15031987|Nam|Bản Mẫu Một, Phúc Than, Than Uyên, Lai Châu|20082021"
MAU = "012210000004||Nguyễn Văn Mẫu|30042010|Nam|Bản Mẫu Bốn, xã Mường Than, Lai Châu|04102024||||"

SAMPLES = {
    THU: CitizenCard(
        "012087000001",
        "045000123",
        "Lò Văn Thử",
        "1987-03-15",
        "Nam",
        "Bản Mẫu Một, Phúc Than, Than Uyên, Lai Châu",
        "2021-08-20",
    ),
    "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu|05062022": CitizenCard(
        "012195000002",
        "",
        "Vàng Thị Ví Dụ",
        "1995-11-02",
        "Nữ",
        "Bản Mẫu Hai, Mường Mít, Than Uyên, Lai Châu",
        "2022-06-05",
    ),
    "012303000003||Giàng Thị Giả Định|01012003|Nữ|Bản Mẫu Ba, Mường Than, Than Uyên, Lai Châu|10102023": CitizenCard(
        "012303000003",
        "",
        "Giàng Thị Giả Định",
        "2003-01-01",
        "Nữ",
        "Bản Mẫu Ba, Mường Than, Than Uyên, Lai Châu",
        "2023-10-10",
    ),
    MAU: CitizenCard(
        "012210000004",
        "",
        "Nguyễn Văn Mẫu",
        "2010-04-30",
        "Nam",
        "Bản Mẫu Bốn, xã Mường Than, Lai Châu",
        "2024-10-04",
    ),
    "001187000005||Trần Thị Không Khớp|01011988|Nữ|Phường Mẫu, Hà Nội|11112021": CitizenCard(
        "001187000005",
        "",
        "Trần Thị Không Khớp",
        "1988-01-01",
        "Nữ",
        "Phường Mẫu, Hà Nội",
        "2021-11-11",
        ("Số định danh ứng với năm sinh 1987, nhưng năm sinh ghi 1988.",),
    ),
}


def field_of_thu(index: int, value: str) -> str:
    """The first sample with one field replaced."""
    fields = THU.split("|")
    fields[index] = value
    return "|".join(fields)


@pytest.mark.parametrize("payload", SAMPLES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("\ufeff", "\r\n"), (" ", "\n")])
def test_sample_cards_are_read(payload: str, form: str, before: str, after: str) -> None:
    scanned = before + unicodedata.normalize(form, payload) + after
    assert parse(scanned, today=TODAY) == SAMPLES[payload]


@pytest.mark.parametrize(
    ("born", "known"),
    [("00001945", "1945"), ("1945", "1945"), ("00031945", "1945-03"), ("031945", "1945-03")],
)
def test_birth_dates_with_missing_parts(born: str, known: str) -> None:
    assert parse(field_of_thu(3, born), today=TODAY).birth_date == known


def test_empty_address_and_old_id_are_usual() -> None:
    card = parse("012087000001||Lò Văn Thử|15031987|Nam||20082021", today=TODAY)
    assert (card.old_id, card.address, card.warnings) == ("", "", ())


@pytest.mark.parametrize(
    ("payload", "warning"),
    [
        (field_of_thu(0, "003087000001"), "“003”"),
        (field_of_thu(0, "012287000001"), "1987"),
        (field_of_thu(4, "Nữ"), "giới tính Nam, nhưng giới tính ghi Nữ"),
        (field_of_thu(4, ""), "Thẻ không ghi giới tính"),
        (field_of_thu(1, "04500012"), "CMND cũ"),
        (field_of_thu(6, "20082019"), "Ngày cấp trên thẻ bất thường: 20/08/2019."),
        (field_of_thu(6, "24112026"), "Ngày cấp trên thẻ bất thường: 24/11/2026."),
        (field_of_thu(6, "31022022"), "Ngày cấp trên thẻ không đọc được."),
        (field_of_thu(6, "") + "||||", "Ngày cấp trên thẻ không đọc được."),
    ],
)
def test_odd_cards_warn_and_are_accepted(payload: str, warning: str) -> None:
    (said,) = parse(payload, today=TODAY).warnings
    assert warning in said


def test_a_number_of_the_wrong_century_and_sex_says_both() -> None:
    assert check_number("012287000001", "1987-03-15", "Nữ") == (
        "Số định danh ứng với năm sinh 2087, nhưng năm sinh ghi 1987.",
        "Số định danh ứng với giới tính Nam, nhưng giới tính ghi Nữ.",
    )


@pytest.mark.parametrize(
    ("number", "born", "gender"),
    [
        ("012087000001", "1987", "Nam"),
        ("012087000001", "", ""),
        ("105195000001", "1995-01", "Nữ"),
        ("12345", "1987", "Nam"),
        ("01208700000A", "1988", "Nữ"),
        ("", "", ""),
    ],
)
def test_numbers_that_fit_or_cannot_be_judged_do_not_warn(number: str, born: str, gender: str) -> None:
    assert check_number(number, born, gender) == ()


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("12345|Không Phải CCCD", "not_a_card"),
        ("", "not_a_card"),
        ("012087000001", "not_a_card"),
        ("https://example.vn/?a=1|2", "not_a_card"),
        ("A|B|C|D|E|F|G", "not_a_card"),
        ("|" * 5000, "not_a_card"),
        ("|" * 10, "not_a_card"),
        (field_of_thu(0, "01208700000"), "id_number"),
        (field_of_thu(0, "0120870000011"), "id_number"),
        (field_of_thu(2, ""), "name"),
        (field_of_thu(2, " \u00a0"), "name"),
        (field_of_thu(2, "Nguye6n"), "damaged"),
        (field_of_thu(2, "Nguy?n"), "damaged"),
        (field_of_thu(2, "Lò " * 100), "damaged"),
        (field_of_thu(5, "B?n M?u"), "damaged"),
        (field_of_thu(2, "Lò\x07Văn"), "control_character"),
        (field_of_thu(2, "Lò\u202eVăn"), "bidi_mark"),
        (field_of_thu(5, "B\ufffdn M\ufffdu"), "damaged_character"),
        (field_of_thu(3, ""), "birth_date"),
        (field_of_thu(3, "31022000"), "birth_date"),
        (field_of_thu(3, "00131987"), "birth_date"),
        (field_of_thu(3, "15001987"), "birth_date"),
        (field_of_thu(3, "15031887"), "birth_date"),
        (field_of_thu(3, "1503198"), "birth_date"),
        (field_of_thu(3, "15o31987"), "birth_date"),
        (field_of_thu(3, "١٥٠٣١٩٨٧"), "birth_date"),
        (field_of_thu(3, "24112026"), "birth_in_future"),
        (field_of_thu(3, "00002027"), "birth_in_future"),
        (field_of_thu(3, "00122026"), "birth_in_future"),
    ],
)
def test_what_is_no_card_or_cannot_stand_on_one_is_refused(payload: str, code: str) -> None:
    with pytest.raises(CardError) as refused:
        parse(payload, today=TODAY)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_the_sentence_about_something_else_than_a_card() -> None:
    with pytest.raises(CardError, match="không phải mã QR thẻ CCCD/Căn cước"):
        parse("12345|Không Phải CCCD")


@pytest.mark.parametrize("payload", [THU, MAU])
def test_a_payload_cut_anywhere_is_refused_or_complete(payload: str) -> None:
    whole = parse(payload, today=TODAY)
    for length in range(len(payload)):
        try:
            assert parse(payload[:length], today=TODAY) == whole, payload[:length]
        except CardError as refused:
            assert refused.code in ("cut", "not_a_card")


def test_born_today_is_no_future_and_without_a_day_nothing_is_future() -> None:
    assert parse(field_of_thu(3, "23112026"), today=TODAY).birth_date == "2026-11-23"
    assert parse(field_of_thu(3, "01012099")).birth_date == "2099-01-01"


def test_the_card_keeps_no_payload() -> None:
    kept = dataclasses.asdict(parse(THU + "|secret", today=TODAY))
    assert set(kept) == {"id_number", "old_id", "name", "birth_date", "gender", "address", "issued_on", "warnings"}
    assert not any("|" in str(value) or "secret" in str(value) for value in kept.values())


PIECES = st.sampled_from(["012087000001", "|", "||", "15031987", "Nam", "Lò Văn Thử", "00001945", "²", "\ud800", "-1"])


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=16).map("".join)))
@example("012087000001||a|15031987||\x00|")
@example("012087000001||a|15031987|||²²²²²²²²")
def test_any_text_gives_a_card_or_a_card_error(payload: str) -> None:
    try:
        card = parse(payload, today=TODAY)
    except CardError as refused:
        assert refused.message
    else:
        assert len(card.id_number) == 12
        assert card.name


@pytest.mark.parametrize(
    ("number", "shown"),
    [("012087000001", "0120****0001"), ("045000123", "****123"), ("12345", "*****"), ("", "")],
)
def test_masked_numbers(number: str, shown: str) -> None:
    assert mask(number) == shown


@pytest.mark.parametrize(
    ("text", "logged", "refused"),
    [
        ("012195000002", "0121****0002", "0121****0002"),
        ("số 0121 9500 0002 không có", "số 0121****0002 không có", "số 0121****0002 không có"),
        ("vang 0987000001", "vang ****001", "vang 0987000001"),
        ("TN-MT-261123-0001", "TN-MT-261123-0001", "TN-MT-261123-0001"),
        ("H35.17.28-261123-0001", "H35.17.28-261123-0001", "H35.17.28-261123-0001"),
        ("so/202611230914.zip", "so/2026****0914.zip", "so/202611230914.zip"),
    ],
)
def test_numbers_in_a_text_are_masked_for_a_log_and_for_a_refusal(text: str, logged: str, refused: str) -> None:
    assert masked_in(text) == logged
    assert identities_masked(text) == refused
