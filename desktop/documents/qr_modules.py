"""The modules of a QR symbol: those of the qrcode library, module for module, in a tenth of its time.

The library says what the standard fixes: segments, capacities, blocks, generator polynomials, the patterns that every
symbol has and the mask. Only the arithmetic over thousands of bits is done here, on whole numbers and strings. Called
by qr.py; never draws.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest
from operator import itemgetter

from qrcode import base, util
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.LUT import rsPoly_LUT
from qrcode.main import QRCode

_LAST_VERSION = 40
# Choosing the best of the eight masks anew takes longer than a page. This one has the fewest penalty points for
# sealed texts.
_MASK = 3
_NEGATIVE = str.maketrans("01", "10")
_PADDING = bytes((util.PAD0, util.PAD1))


def dark_modules(text: str, version: int) -> list[str]:
    """The rows of the symbol from the top, ``1`` for a dark module, with error correction M.

    ``version`` (1–40) is the least size wanted; a longer text takes the size it needs. Raises ``DataOverflowError``
    for a text that no symbol holds.
    """
    code = QRCode(version, ERROR_CORRECT_M)
    code.add_data(text)
    version, data = _data_codewords(code.data_list, version)
    layout = _layout(version)
    codewords = int.from_bytes(data + _corrections(data, layout.blocks), "big")
    bits = f"{codewords:0{layout.bits}b}"
    modules = "".join(layout.place(bits + bits.translate(_NEGATIVE) + "01"))
    return [modules[start : start + layout.size] for start in range(0, len(modules), layout.size)]


class _Bits(list[str]):
    """Takes the place of the library's buffer, which stores one bit at a time."""

    def put(self, number: int, width: int) -> None:
        self.append(f"{number:0{width}b}")


def _data_codewords(segments: Sequence[util.QRData], version: int) -> tuple[int, bytes]:
    """The smallest version from ``version`` on that holds the segments, and its data codewords filled up."""
    contents = []
    for segment in segments:
        content = _Bits()
        segment.write(content)
        contents.append("".join(content))
    while version <= _LAST_VERSION:
        widths = util.mode_sizes_for_version(version)
        heads = [f"{segment.mode:04b}{len(segment):0{widths[segment.mode]}b}" for segment in segments]
        capacity = util.BIT_LIMIT_TABLE[ERROR_CORRECT_M][version]
        if sum(map(len, chain(heads, contents))) <= capacity:
            return version, _filled("".join(chain.from_iterable(zip(heads, contents, strict=True))), capacity)
        version += 1
    raise DataOverflowError


def _filled(stream: str, capacity: int) -> bytes:
    """The bits with terminator and padding (ISO/IEC 18004, 7.4.9 and 7.4.10), ``capacity`` bits long."""
    stream += "0" * min(4, capacity - len(stream))
    stream += "0" * (-len(stream) % 8)
    used, whole = len(stream) // 8, capacity // 8
    return int(stream, 2).to_bytes(used, "big") + (_PADDING * whole)[: whole - used]


def _corrections(data: bytes, blocks: Sequence[base.RSBlock]) -> bytes:
    """The correction codewords of every block, one block after the other."""
    corrections, start = [], 0
    for block in blocks:
        degree = block.total_count - block.data_count
        corrections.append(_remainder(data[start : start + block.data_count], degree))
        start += block.data_count
    return b"".join(corrections)


def _remainder(data: bytes, degree: int) -> bytes:
    """What Reed–Solomon leaves of a block: its division by the generator polynomial, a byte at a time."""
    multiples = _multiples(degree)
    top = 8 * (degree - 1)
    below = (1 << top) - 1
    rest = 0
    for byte in data:
        rest = (rest & below) << 8 ^ multiples[byte ^ rest >> top]
    return rest.to_bytes(degree, "big")


@lru_cache
def _multiples(degree: int) -> list[int]:
    """The generator polynomial without its leading 1 times each of the 256 field elements, as whole numbers."""
    logarithms = [base.glog(coefficient) for coefficient in rsPoly_LUT[degree][1:]]
    multiples = [0]
    for power in range(8):
        doubled = int.from_bytes(bytes(base.gexp(power + logarithm) for logarithm in logarithms), "big")
        multiples += [doubled ^ known for known in multiples]
    return multiples


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a version puts its codewords.

    ``place`` picks the modules, row by row, from the bits of all codewords (data of each block, then corrections of
    each block), the same bits inverted for where the mask does, and ``01`` for what stands fixed. ``bits`` counts the
    first of these.
    """

    size: int
    blocks: list[base.RSBlock]
    bits: int
    place: Callable[[str], tuple[str, ...]]


@lru_cache(maxsize=4)
def _layout(version: int) -> _Layout:
    frame = _Frame(version, ERROR_CORRECT_M, mask_pattern=_MASK)
    frame.data_cache = []
    frame.make(fit=False)
    blocks = base.rs_blocks(version, ERROR_CORRECT_M)
    bits = 8 * sum(block.total_count for block in blocks)
    sources = [[2 * bits + bool(dark) for dark in row] for row in frame.modules]
    inverted = util.mask_func(_MASK)
    coming = (8 * codeword + bit for codeword in _interleaved(blocks) for bit in range(8))
    for row, column in _zigzag(frame.modules_count):
        if frame.modules[row][column] is None:
            # Some versions have a few modules more than bits: they are light before the mask.
            bit, negative = next(coming, None), inverted(row, column)
            sources[row][column] = 2 * bits + negative if bit is None else bit + bits * negative
    return _Layout(frame.modules_count, blocks, bits, itemgetter(*chain.from_iterable(sources)))


class _Frame(QRCode):
    """The patterns of a version without any data: the modules that data would take stay ``None``."""

    def map_data(self, data: Sequence[int], mask_pattern: int) -> None:
        pass


def _interleaved(blocks: Sequence[base.RSBlock]) -> Iterator[int]:
    """The codewords in the order of the symbol: the first of each block, the second of each, then corrections so."""
    start = 0
    for counts in (
        [block.data_count for block in blocks],
        [block.total_count - block.data_count for block in blocks],
    ):
        parts = []
        for count in counts:
            parts.append(range(start, start + count))
            start += count
        yield from (codeword for turn in zip_longest(*parts) for codeword in turn if codeword is not None)


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """Rows and columns in the order of the bits: two columns wide from the right, up and down in turns."""
    upwards = True
    for right in range(size - 1, 0, -2):
        # The column of the timing pattern holds no bits and is no half of a pair.
        right -= right <= 6
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row, right
            yield row, right - 1
        upwards = not upwards
