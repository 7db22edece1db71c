"""The figures beside the official table: channels, payments, files, supplements, letters, satisfaction of a period.

Pure. Every figure is counted from cases (``rules.cases``), says what it is a share of and which dossiers stand behind
it. The dossiers are those of the official table, so that a group adds up to its columns. Asked by
``office.indicators``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.vocabulary import Channel, EventKind, FiledBy, Outcome, PaidBy
from desktop.rules import ratings, statistics
from desktop.rules.cases import Case
from desktop.rules.figures import Figure, Group, Span, received, resolved, returned, share
from desktop.rules.text import fold

E = EventKind

#: A commune looks at the commonest causes; the rest is one line.
_MOST_CAUSES = 12


def channels(cases: Sequence[Case], span: Span) -> Group:
    """How dossiers came, and who typed the online ones (practices.md A25): every received dossier in one line."""
    came = received(cases, span)
    online = [one for one in came if one.reception.channel == Channel.ONLINE]
    figures = [share("channel.online", "Nộp trực tuyến", online, came)]
    typed = [
        share(
            f"online.{filed_by or 'unknown'}",
            name,
            [one for one in online if one.reception.filed_by == filed_by],
            online,
        )
        for filed_by, name in _FILED_BY
    ]
    figures += _told(typed, any(one.reception.filed_by for one in online) or not online)
    for channel, name in ((Channel.DIRECT, "Nộp trực tiếp"), (Channel.POST, "Nộp qua bưu chính")):
        figures.append(
            share(f"channel.{channel}", name, [one for one in came if one.reception.channel == channel], came)
        )
    return Group("channels", "Kênh nộp", tuple(figures), ("Mẫu số: hồ sơ tiếp nhận trong kỳ, cột (4) + (5).",))


_FILED_BY = (
    (FiledBy.SELF, "– người dân tự nộp"),
    (FiledBy.HELPED, "– được hỗ trợ tại quầy"),
    (FiledBy.ON_BEHALF, "– nộp hộ"),
    ("", "– chưa ghi ai nộp"),
)


def _told(figures: list[Figure], anybody_did: bool) -> list[Figure]:
    """The parts of a whole, the last one being those of which nothing is told: when that is all, the others have no
    data, and are no zeros.
    """
    if anybody_did:
        return figures
    return [*(Figure(one.key, one.name) for one in figures[:-1]), figures[-1]]


def payments(cases: Sequence[Case], span: Span) -> Group:
    """How fees were paid: every dossier with a payment in the period in one line, by its last payment."""
    paid = {one.code: acts[-1] for one in cases if (acts := _paid_within(one, span))}
    whole = [one for one in cases if one.code in paid]
    figures = []
    for way, name in (
        (PaidBy.ONLINE, "Thanh toán trực tuyến"),
        (PaidBy.TRANSFER, "Chuyển khoản tại quầy"),
        (PaidBy.CASH, "Tiền mặt"),
        ("", "Chưa ghi cách nộp"),
    ):
        some = [one for one in whole if paid[one.code].facts.get("by", "") == way]
        figures.append(share(f"paid.{way or 'unknown'}", name, some, whole))
    figures = _told(figures, any("by" in act.facts for act in paid.values()) or not paid)
    return Group("payments", "Nộp phí, lệ phí", tuple(figures), ("Mẫu số: hồ sơ có thu phí, lệ phí trong kỳ.",))


def _paid_within(one: Case, span: Span) -> list:
    return [act for act in one.acts(E.FEE_PAID) if span.holds(act.at.date())]


@dataclass(frozen=True, slots=True)
class Files:
    """Which dossiers have files that are there and are what their events say: of their papers, of their result.

    ``broken`` have one that is gone or was changed.
    """

    papers: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()


def digitised(cases: Sequence[Case], files: Files, span: Span) -> Group:
    """Of what was solved in the period: whose papers, whose result lie here as files that open."""
    solved = [one for one in resolved(cases, span) if one.has_result]
    ways: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
        ("files.papers", "Có tệp thành phần hồ sơ", lambda code: code in files.papers),
        ("files.results", "Có tệp kết quả", lambda code: code in files.results),
        ("files.both", "Có cả hai", lambda code: code in files.papers and code in files.results),
    )
    figures = [share(key, name, [one for one in solved if there(one.code)], solved) for key, name, there in ways]
    broken = [one for one in solved if one.code in files.broken]
    if solved and not any(figure.numerator for figure in figures) and not broken:
        figures = [Figure(figure.key, figure.name) for figure in figures]
    if broken:
        figures.append(share("files.broken", "Tệp mất hoặc đã bị sửa (không tính)", broken, solved))
    notes = ("Mẫu số: hồ sơ có kết quả trong kỳ. Chỉ tính tệp còn đó và đúng như khi đính kèm.",)
    return Group("files", "Số hóa hồ sơ", tuple(figures), notes)


def visits(cases: Sequence[Case], span: Span) -> Group:
    """How often people came before their dossier was complete: every resolved dossier in one of three lines."""
    done = resolved(cases, span)
    again = {one.code: one.reception.slips + len(one.acts(E.REQUEST_SUPPLEMENT)) for one in done}
    twice = [one for one in cases if _is_handled(one, span) and len(one.acts(E.REQUEST_SUPPLEMENT)) > 1]
    handled = [one for one in cases if _is_handled(one, span)]
    figures = (
        share("visits.once", "Nộp một lần là đủ", [one for one in done if again[one.code] == 0], done),
        share("visits.again", "Phải đi lại một lần", [one for one in done if again[one.code] == 1], done),
        share("visits.more", "Phải đi lại từ hai lần", [one for one in done if again[one.code] > 1], done),
        share("visits.asked_twice", "Yêu cầu bổ sung quá một lần", twice, handled),
    )
    notes = ("Đi lại: mỗi phiếu hướng dẫn trước khi nhận và mỗi lần yêu cầu bổ sung là một lần. Mẫu số: cột (7).",)
    return Group("visits", "Số lần đi lại", figures, notes)


def _is_handled(one: Case, span: Span) -> bool:
    return one.is_handled(span.first, span.last)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a slip before any dossier asked for; ``dossier`` is the one that followed it, if one did."""

    causes: tuple[str, ...]
    dossier: str | None = None


def causes(cases: Sequence[Case], slips: Sequence[Asked], span: Span) -> Group:
    """What was missing, commonest first: asked for in a supplement request or in a slip before reception.

    One request that names two papers counts in both lines; the denominator is the requests.
    """
    told = [Asked(_causes(act.facts), one.code) for one in cases for act in _asked_within(one, span)]
    asked = [*told, *slips]
    named: dict[str, str] = {}
    by: dict[str, list[Asked]] = {}
    for request in asked:
        for cause in dict.fromkeys(request.causes):
            key = fold(cause)
            named.setdefault(key, cause)
            by.setdefault(key, []).append(request)
    ranked = sorted(by, key=lambda key: (-len(by[key]), key))
    figures = [
        Figure(f"cause.{key}", named[key], len(by[key]), len(asked), _codes(by[key])) for key in ranked[:_MOST_CAUSES]
    ]
    if rest := ranked[_MOST_CAUSES:]:
        others = {id(one): one for key in rest for one in by[key]}
        figures.append(
            Figure("cause.others", f"{len(rest)} nguyên nhân khác", len(others), len(asked), _codes(others.values()))
        )
    notes = (f"Trong kỳ có {len(told)} lần yêu cầu bổ sung và {len(slips)} phiếu hướng dẫn trước khi nhận hồ sơ.",)
    return Group("causes", "Nguyên nhân phải bổ sung", tuple(figures), notes)


def _asked_within(one: Case, span: Span) -> list:
    return [act for act in one.acts(E.REQUEST_SUPPLEMENT) if span.holds(act.at.date())]


def _causes(facts: Mapping) -> tuple[str, ...]:
    """The papers that were asked for or, where nobody listed them, the reason."""
    return tuple(facts.get("items", ())) or (str(facts["note"]),)


def _codes(asked: Iterable[Asked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.dossier for one in asked if one.dossier))


def letters(cases: Sequence[Case], span: Span) -> Group:
    """Letters of apology (Mẫu 04) that were due, and whether and when they went out.

    One was due for every dossier whose promise was moved or missed in the period (NĐ 118/2025 Đ19): before the day,
    with the one new appointment, or afterwards. Each stands in one of three lines.
    """
    missed = {one.code for one in cases if span.holds(statistics.missed_on(one.course))}
    moved = {one.code for one in cases if any(span.holds(act.at.date()) for act in one.acts(E.EXTEND))} - missed
    due = [one for one in cases if one.code in missed or one.code in moved]
    late = [one for one in due if one.code in missed and one.acts(E.APOLOGISE)]
    silent = [one for one in due if one.code in missed and not one.acts(E.APOLOGISE)]
    figures = (
        Figure("letters.due", "Phải xin lỗi", len(due), None, tuple(one.code for one in due)),
        share("letters.in_time", "– gửi trước ngày hẹn, kèm hẹn lại", [one for one in due if one.code in moved], due),
        share("letters.late", "– gửi khi đã quá hẹn", late, due),
        share("letters.none", "– chưa gửi", silent, due),
    )
    notes = ("Phải xin lỗi: ngày hẹn được dời hoặc bị lỡ trong kỳ (NĐ 118/2025/NĐ-CP Điều 19).",)
    return Group("letters", "Xin lỗi", figures, notes)


def clerks(cases: Sequence[Case], span: Span) -> Group:
    """Who took in, solved and asked for supplements. For the head alone: numbers of people are no ranking."""
    came, done = received(cases, span), resolved(cases, span)
    asked = Counter(act.clerk for one in cases for act in _asked_within(one, span))
    names = sorted({one.reception.clerk for one in came} | {one.end_clerk for one in done} | set(asked))
    figures = []
    for name in names:
        theirs = [one for one in came if one.reception.clerk == name]
        ended = [one for one in done if one.end_clerk == name]
        late = [one for one in ended if one.course.outcome is Outcome.LATE]
        requests = [one for one in cases if any(act.clerk == name for act in _asked_within(one, span))]
        figures += [
            share(f"clerk.{name}.received", f"{name}: tiếp nhận", theirs, came),
            share(f"clerk.{name}.resolved", f"{name}: ghi kết thúc", ended, done),
            share(f"clerk.{name}.late", f"{name}: trong đó quá hạn", late, ended),
            Figure(
                f"clerk.{name}.asked",
                f"{name}: lần yêu cầu bổ sung",
                asked[name],
                None,
                tuple(one.code for one in requests),
            ),
        ]
    notes = ("Chỉ lãnh đạo xem. Người ghi kết thúc không hẳn là người giải quyết.",)
    return Group("clerks", "Theo công chức", tuple(figures), notes, head_only=True)


@dataclass(frozen=True, slots=True)
class Answers:
    """What citizens answered in a period: how many, the ``lost`` ones, and the scores by (scale, source), worst first.

    ``dossiers`` are those whose citizen answered; what each said is nobody's business.
    """

    answered: int
    lost: int
    scores: Mapping[tuple[int, str], tuple[int, ...]]
    dossiers: tuple[str, ...] = ()


_SOURCES = {ratings.CITIZENS_SCREEN: "màn hình của dân", ratings.CLERKS_KEYBOARD: "máy của công chức"}


def satisfaction(answers: Answers, cases: Sequence[Case], span: Span) -> Group:
    """Response rate against dossiers returned; satisfied answers (the two best words) by scale and source."""
    back = returned(cases, span)
    figures = [
        Figure("answers.response", "Tỷ lệ trả lời", answers.answered, len(back), answers.dossiers),
    ]
    for (scale, source), scores in sorted(answers.scores.items()):
        satisfied = sum(number for score, number in enumerate(scores, 1) if ratings.is_satisfied(score, scale))
        name = f"Hài lòng, thang {scale} mức, {_SOURCES.get(source, source)}"
        figures.append(Figure(f"answers.{scale}.{source}", name, satisfied, sum(scores)))
    opened = sum(map(sum, answers.scores.values()))
    waiting = max(answers.answered - opened - answers.lost, 0)
    notes = [f"{answers.answered} phiếu / {len(back)} hồ sơ trả trong kỳ; đã kiểm {opened} phiếu."]
    if waiting:
        notes.append(f"{waiting} phiếu còn trong hòm, đủ số mới mở.")
    if answers.lost:
        notes.append(f"{answers.lost} phiếu mất, không đọc được.")
    return Group("answers", "Hài lòng", tuple(figures), tuple(notes))
