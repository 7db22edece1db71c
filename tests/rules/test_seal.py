"""The sealed QR text: exact, signed, safe to type, and impossible to change."""

import random
import re
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.records import Unit
from desktop.rules import seal
from desktop.rules.calendar import VN_TZ
from desktop.rules.codes import dossier_code

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PRIVATE = bytes(range(32))
PUBLIC = seal.public_of(PRIVATE)
KEYS = {seal.key_id(PUBLIC): PUBLIC}
DUE_AT = datetime(2026, 11, 27, 17, 0, tzinfo=VN_TZ)
TEXT = seal.receipt_text("TN-MT-261123-0015", "1.004859", DUE_AT, 1)
SEALED = seal.seal(TEXT, PRIVATE)
CODES = ("TN-MT-261123-0015", "H35.17.28-261123-0001", "000.28.17.H35-230615-0001", "H35.17.28-250701-151234", "X")


def test_the_text_is_the_agreed_line():
    assert TEXT == "MA HO SO TN-MT-261123-0015 TTHC 1.004859 HEN TRA 17:00 27/11/2026 BAN 1"
    assert seal.receipt_text("X", "1.004859.H35", DUE_AT, 12, practice=True).endswith(" BAN 12 TAP HUAN")
    head, _, digits = SEALED.rpartition(" ")
    assert head == f"{TEXT} MC1 {seal.key_id(PUBLIC)}"
    assert len(digits) == 155 and digits.isdigit()


def test_a_moment_in_another_zone_is_written_in_vietnamese_time():
    utc = datetime(2026, 11, 27, 10, 0, 59, tzinfo=UTC)
    assert seal.receipt_text("TN-MT-261123-0015", "1.004859", utc, 1) == TEXT


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("practice", [False, True])
def test_what_was_sealed_is_read_back_and_genuine(code, practice):
    sealed = seal.seal(seal.receipt_text(code, "1.004859", DUE_AT, 3, practice=practice), PRIVATE)
    receipt = seal.read(sealed)
    assert (receipt.code, receipt.procedure, receipt.due_at) == (code, "1.004859", DUE_AT)
    assert (receipt.version, receipt.practice, receipt.key_id) == (3, practice, seal.key_id(PUBLIC))
    assert seal.verify(sealed, KEYS) == "genuine"


@pytest.mark.parametrize("code", CODES)
def test_only_letters_a_qr_and_a_scanner_carry_safely(code):
    sealed = seal.seal(seal.receipt_text(code, "1.004859.H35", DUE_AT, 9999, practice=True), PRIVATE)
    assert set(sealed) <= set(ALPHANUMERIC)
    assert "\n" not in sealed


def test_no_word_holds_keys_that_unikey_composes():
    """Strictly, word by word: Telex doubles a e o d, has w and tone keys after a vowel; VNI has digits after one."""
    by_telex = re.compile(r"W|D.*D|A.*A|E.*E|O.*O|[AEIOUY].*[SFRXJZ]")
    by_vni = re.compile(r"D.*9|[AEIOUY].*[0-9]")
    for code in CODES:
        sealed = seal.seal(seal.receipt_text(code, "1.004859.H35", DUE_AT, 9999, practice=True), PRIVATE)
        for word in re.split(r"[^0-9A-Z]+", sealed):
            assert not by_telex.search(word) and not by_vni.search(word), word


def test_the_longest_code_a_unit_can_have_is_sealed():
    unit = Unit(code="MTHNGKLCBCDG" * 2, name="xã Mường Than")
    code = dossier_code(unit, date(2026, 11, 23), 1_000_000)
    assert len(code) > 40
    assert seal.read(seal.seal(seal.receipt_text(code, "1.004859", DUE_AT, 1), PRIVATE)).code == code


def test_a_scanner_with_caps_lock_or_blanks_is_forgiven():
    assert seal.verify(f"  {SEALED.lower()}\r\n", KEYS) == "genuine"


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        "012195000002||Vàng Thị Ví Dụ|02111995|Nữ|Bản Mẫu Hai|05062022",
        "TN-MT-261123-0015",
        SEALED.replace(" TTHC ", "  TTHC "),
        SEALED.replace("MC1", "MC2"),
        SEALED.replace("27/11/2026", "31/11/2026"),
        SEALED.replace("17:00", "25:00"),
        SEALED.replace("BAN 1", "BAN 0"),
        SEALED[:-1],
        SEALED + "0",
        SEALED.replace("SO", "\u017fO"),
        SEALED.replace("1", "\u0661", 1),
        SEALED + "\n" + SEALED,
    ],
)
def test_a_text_that_is_no_receipt_is_not_guessed_at(text):
    assert seal.read(text) is None
    assert seal.verify(text, KEYS) is None


def test_another_key_and_an_unknown_key_are_told_apart():
    other = seal.new_key()
    assert other != seal.new_key() and len(other) == 32
    public = seal.public_of(other)
    assert seal.verify(SEALED, {seal.key_id(public): public}) == "unknown_key"
    assert seal.verify(SEALED, {seal.key_id(PUBLIC): public}) == "forged"


def test_a_signature_number_beyond_512_bits_is_forged():
    assert seal.verify(f"{SEALED.rpartition(' ')[0]} {'9' * 155}", KEYS) == "forged"


def test_a_second_form_of_the_same_signature_is_forged():
    """RFC 8032, 5.1.7: S must be below the group order, or one receipt would have two valid seals."""
    head, _, digits = SEALED.rpartition(" ")
    raw = int(digits).to_bytes(64, "big")
    order = 2**252 + 27742317777372353535851937790883648493
    raised = int.from_bytes(raw[32:], "little") + order
    twin = int.from_bytes(raw[:32] + raised.to_bytes(32, "little"), "big")
    assert seal.verify(f"{head} {twin:0155d}", KEYS) == "forged"


@pytest.mark.parametrize(
    ("code", "procedure", "due_at", "version"),
    [
        ("tn-mt-1", "1.004859", DUE_AT, 1),
        ("TN MT", "1.004859", DUE_AT, 1),
        ("", "1.004859", DUE_AT, 1),
        ("X" * 49, "1.004859", DUE_AT, 1),
        ("TN-MT-261123-0015", "1.004859\n", DUE_AT, 1),
        ("TN-MT-261123-0015", "1.004859", DUE_AT.replace(tzinfo=None), 1),
        ("TN-MT-261123-0015", "1.004859", DUE_AT, 0),
        ("TN-MT-261123-0015", "1.004859", DUE_AT, 10_000),
    ],
)
def test_what_could_not_be_read_back_is_never_sealed(code, procedure, due_at, version):
    with pytest.raises(ValueError):
        seal.receipt_text(code, procedure, due_at, version)


@pytest.mark.parametrize(
    ("private", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ],
)
def test_the_signature_is_that_of_rfc_8032(private, public, message, signature):
    """Section 7.1, tests 1–3: our keys and the library's signatures are the standard's."""
    secret = bytes.fromhex(private)
    assert seal.public_of(secret).hex() == public
    assert Ed25519PrivateKey.from_private_bytes(secret).sign(bytes.fromhex(message)).hex() == signature


def test_the_sealed_digits_are_the_standard_signature_of_what_precedes_them():
    head, _, digits = SEALED.rpartition(" ")
    expected = Ed25519PrivateKey.from_private_bytes(PRIVATE).sign(head.encode())
    assert int(digits) == int.from_bytes(expected, "big")


def test_every_single_character_change_is_refused():
    """Every position, every other character of the set; a lower-case letter is the same text."""
    for position, original in enumerate(SEALED):
        for replacement in ALPHANUMERIC:
            if replacement != original:
                changed = SEALED[:position] + replacement + SEALED[position + 1 :]
                assert seal.verify(changed, KEYS) != "genuine", changed


def test_thirty_thousand_random_damages_are_refused():
    """Characters replaced, dropped, doubled, swapped, up to four times; printable ASCII and some Unicode."""
    chance = random.Random(20261122)
    alphabet = [chr(code) for code in range(32, 127)] + list("ơƯđ\u00a0\u0660\u200b\t")
    for _ in range(30_000):
        damaged = list(SEALED)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(damaged))
            kind = chance.randrange(4)
            if kind == 0:
                damaged[at] = chance.choice(alphabet)
            elif kind == 1:
                del damaged[at]
            elif kind == 2:
                damaged.insert(at, chance.choice(alphabet))
            else:
                other = chance.randrange(len(damaged))
                damaged[at], damaged[other] = damaged[other], damaged[at]
        text = "".join(damaged)
        if text.strip().upper() != SEALED:
            assert seal.verify(text, KEYS) != "genuine", text


def test_ten_thousand_well_formed_changes_are_forged():
    """Digits changed for digits keep the form, so each of these reaches the signature."""
    chance = random.Random(2)
    digits = [at for at, letter in enumerate(SEALED) if letter.isdigit()]
    forged = 0
    for _ in range(10_000):
        changed = list(SEALED)
        for at in chance.sample(digits, chance.randint(1, 3)):
            changed[at] = str((int(changed[at]) + chance.randint(1, 9)) % 10)
        verdict = seal.verify("".join(changed), KEYS)
        assert verdict != "genuine", "".join(changed)
        forged += verdict == "forged"
    assert forged > 6_000
