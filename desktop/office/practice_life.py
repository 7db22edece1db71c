"""The life of one invented dossier, from reception to the citizen's rating, through the office's own acts.

A generator that does what is due at its moment and yields the next one. Shares follow the load profile; a same-day
matter cannot be early, whatever its draw. For practice registers only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from db.connection import Register
from db.records import Clerk, ProcedureVersion
from db.vocabulary import Channel, DocumentKind, EventKind, FiledBy, LimitUnit, Outcome, PaidBy, ResultBy
from desktop.errors import UserError
from desktop.office import acts, at_once, counter, procedures, settings, slips
from desktop.rules import fees, intake, obstacles, practice, ratings
from desktop.rules import slips as slip_rules
from desktop.rules.fees import CertifiedCopies
from desktop.rules.intake import IntakeForm, Person, Principal, SubmittedPaper, TypedLimit
from desktop.rules.practice import Diary, Visit
from desktop.rules.slips import SlipForm

E = EventKind

_PLACES = ("Tư pháp – hộ tịch", "Phòng Văn hóa – Xã hội", "Phòng Kinh tế")
_WANTED = ("Bản chính giấy tờ tùy thân đã hết hạn, đề nghị nộp bản còn hạn", "Tờ khai chưa ghi đủ các mục")
_ELSEWHERE = "Không thuộc thẩm quyền giải quyết của xã."
#: Shares of those who come to the counter: with a paper missing, and with what is not the commune's business.
_GUIDED, _TURNED_AWAY = 0.06, 0.01
#: Of a hundred dossiers: who typed an online one, how a fee was paid at the counter; estimates.
_FILED_BY: Mapping[str, int] = {FiledBy.SELF: 46, FiledBy.HELPED: 38, FiledBy.ON_BEHALF: 10, "": 6}
_PAID_BY: Mapping[str, int] = {PaidBy.CASH: 78, PaidBy.TRANSFER: 22}
_REASONS = ("Chờ kết quả xác minh của nơi cư trú trước đây", "Hồ sơ cần xác minh thực địa")


class Life:
    """One dossier; ``at`` is the moment it lives now."""

    def __init__(self, book: Register, visit: Visit, clerks: Sequence[Clerk], seed: int) -> None:
        self.book, self.visit = book, visit
        self.at = self.due_at = visit.received_at
        self.code = ""
        self.chance = Random(f"{seed}-{visit.received_at.isoformat()}")
        self.diary = Diary(settings.calendar(book), self.chance)
        self.clerk, self.colleague = (clerk.short_name for clerk in self.chance.sample(list(clerks), 2))
        self.key = f"demo-{seed}-{visit.received_at.isoformat()}"

    def run(self) -> Iterator[datetime]:
        """Every moment at which something happens, in order."""
        try:
            procedure = procedures.get(self.book, self.visit.procedure, on=self.at.date())
        except UserError:
            return  # the catalogue of that day does not offer it
        plan = practice.load_profile()
        form = self._form(procedure)
        if self.visit.channel is Channel.DIRECT:
            drawn = Random(f"slip {self.key}").random()
            if drawn < _TURNED_AWAY:
                self._slip(SlipForm(DocumentKind.REFUSAL, form, f"{self.key}-slip", reason=_ELSEWHERE))
                return
            if drawn < _TURNED_AWAY + _GUIDED and form.papers:
                yield from self._guided(procedure, form)
        if at_once.is_for(procedure) and self.visit.channel is Channel.DIRECT and self.chance.random() < 0.9:
            yield from self._solved_at_once(procedure, form)
            return
        done = counter.register(self.book, form, clerk=self.clerk, now=self.at, checklist=True)
        self.code, self.due_at = done.code, done.due_at
        yield from self._at_the_counter(procedure)
        if self.chance.random() < plan.rejected:
            yield self.diary.after(self.at, minutes=(20, 200))
            self._act(E.REFUSE, note=_ELSEWHERE)
            return
        yield from self._on_the_way(plan)
        yield from self._to_the_end(plan)

    def _guided(self, procedure: ProcedureVersion, form: IntakeForm) -> Iterator[datetime]:
        """A paper is missing: the slip names it, and the citizen brings it some days later."""
        without = replace(form, papers=form.papers[1:])
        items = tuple(slip_rules.wanted(paper) for paper in intake.missing_papers(without, procedure))
        if items:
            self._slip(SlipForm(DocumentKind.SUPPLEMENT, without, f"{self.key}-slip", items, slip_rules.USUAL_REASON))
            self.at = self.diary.after(self.at, days=(1, 4)).replace(microsecond=0)
            yield self.at

    def _slip(self, slip: SlipForm) -> None:
        """Second slips for the same matter need a colleague; a first one may have one."""
        slips.give(self.book, replace(slip, confirmed_by=self.colleague), clerk=self.clerk, now=self.at)

    def _solved_at_once(self, procedure: ProcedureVersion, form: IntakeForm) -> Iterator[datetime]:
        copies = None
        if procedure.fee.rule == fees.CERTIFIED_COPY:
            copies = CertifiedCopies(self.chance.randint(1, 3), self.chance.randint(1, 6), self.chance.randint(1, 5))
        number = f"AA/26P-{self.chance.randrange(10**7):07d}"
        done = at_once.solve(
            self.book, form, clerk=self.clerk, now=self.at, copies=copies, checklist=True, receipt_number=number
        )
        self.code, self.due_at = done.code, done.registered.due_at
        yield from self._rated()

    def _drawn(self, what: str, shares: Mapping[str, int]) -> str:
        """One of some words by their shares, without moving what else is drawn."""
        return Random(f"{what} {self.key}").choices(list(shares), list(shares.values()))[0]

    def _at_the_counter(self, procedure: ProcedureVersion) -> Iterator[datetime]:
        """What happens while the citizen is still there: the fee, a slip, the code of the national system."""
        fee = fees.fee_for(procedure, on=self.at.date(), channel=self.visit.channel)
        if fee and self.visit.channel is Channel.DIRECT:
            yield self.diary.after(self.at, minutes=(1, 4))
            number = f"AA/26P-{self.chance.randrange(10**7):07d}"
            self._act(E.FEE_PAID, receipt_number=number, amount=fee, by=self._drawn("paid", _PAID_BY))
        elif fee and self.visit.channel is Channel.ONLINE:
            yield self.at + timedelta(minutes=1)
            self._act(E.FEE_PAID, receipt_number=f"DVC-{self.code[-11:]}", amount=fee, by=PaidBy.ONLINE)
        if self.chance.random() < 0.02:
            yield self.diary.after(self.at, minutes=(2, 9))
            self._act(E.CORRECT, note="Người nộp đọc nhầm số điện thoại.", set={"phone": "0900000999"})
        if self.visit.channel is Channel.ONLINE:
            yield self.diary.after(self.at, minutes=(2, 9))
            day_and_number = self.code[-len("261123-0001") :]
            self._act(E.ATTACH_OFFICIAL_CODE, official_code=f"H35.17.28-{day_and_number}")

    def _on_the_way(self, plan: practice.LoadProfile) -> Iterator[datetime]:
        """Forwarded, perhaps by a slip; perhaps waiting for the citizen; perhaps promised anew in time."""
        chance = self.chance
        yield self.diary.after(self.at, minutes=(10, 90))
        if chance.random() < 0.02:
            self._act(E.FORWARD, to="Phòng Kinh tế")
            yield self.at + timedelta(seconds=25)
            self._act(E.UNDO)
        self._act(E.FORWARD, to=chance.choice(_PLACES))
        stops = [(E.REQUEST_SUPPLEMENT, E.SUPPLEMENT)] * (chance.random() < plan.supplement)
        stops += [(E.REQUEST_SUPPLEMENT, E.SUPPLEMENT)] * (bool(stops) and chance.random() < 0.1)
        stops += [(E.REQUEST_OBLIGATION, E.FULFIL_OBLIGATION)] * (chance.random() < 0.01)
        for asked, answered in stops:
            yield self.diary.between(self.at, self.due_at, 0.1, 0.5)
            self._ask(asked)
            yield self.diary.after(self.at, days=(1, 7))
            self._act(answered)
        left = obstacles.last_day_to_extend(self.due_at, self.diary.calendar)
        if chance.random() < 0.03 and left > self.at.date():
            yield self.diary.between(self.at, self.due_at, 0.2, 0.5)
            self._extend()

    def _to_the_end(self, plan: practice.LoadProfile) -> Iterator[datetime]:
        chance = self.chance
        if chance.random() < 0.01:
            yield self.diary.between(self.at, self.due_at, 0.1, 0.6)
            self._act(chance.choice((E.WITHDRAW, E.STOP)), note="Người nộp thay đổi ý định.")
            return
        outcome = chance.choices(list(plan.outcomes), list(plan.outcomes.values()))[0]
        if outcome is Outcome.LATE:
            yield self.diary.days_after(self.due_at, 1)
            self._act(
                E.APOLOGISE, note=chance.choice(_REASONS), to=self.diary.days_after(self.at, 3).date().isoformat()
            )
            yield self.diary.after(self.at, days=(0, 3))
        else:
            yield self._in_time(outcome)
        self._act(E.FINISH)
        yield (
            self.diary.after(self.at, minutes=(5, 60))
            if chance.random() < 0.3
            else self.diary.after(self.at, days=(0, 6))
        )
        if chance.random() < 0.9:
            self._act(E.HAND_OVER, to=self.visit.person.name, by=str(ResultBy.COUNTER))
            yield from self._rated()

    def _rated(self) -> Iterator[datetime]:
        if self.chance.random() < 0.35:
            yield self.at + timedelta(minutes=1)
            score = self.chance.choices((5, 4, 3, 2), (80, 14, 4, 2))[0]
            reason = {"reason": "Chờ lâu"} if ratings.is_dissatisfied(score, ratings.DEFAULT_SCALE) else {}
            self._act(E.RATE, score=score, source=ratings.CITIZENS_SCREEN, **reason)

    def _ask(self, event: EventKind) -> None:
        if event is E.REQUEST_SUPPLEMENT:
            self._act(event, note=self.chance.choice(_WANTED), confirmed_by=self.colleague)
        else:
            self._act(event, note="Nộp lệ phí trước bạ theo thông báo của cơ quan thuế.")

    def _extend(self) -> None:
        if self.at.date() <= obstacles.last_day_to_extend(self.due_at, self.diary.calendar):
            to = self.diary.days_after(self.due_at, self.chance.randint(2, 5)).date()
            self._act(E.EXTEND, note=self.chance.choice(_REASONS), to=to.isoformat())

    def _in_time(self, outcome: Outcome) -> datetime:
        """When a result is there: on an earlier day where that is possible, else on the due day, never before now.

        Same-day matters already make more than the profile's share of results on their day, so that of the others
        most that were drawn as on time come early.
        """
        early = outcome is Outcome.EARLY or self.chance.random() < 0.7
        if early and self.due_at.date() > self.at.date():
            return self.diary.between(self.at, self.due_at - timedelta(days=1), 0.2, 0.9)
        return max(self.diary.within(self.due_at.date()), self.diary.after(self.at, minutes=(5, 60)))

    def _act(self, event: EventKind, **facts: Any) -> None:
        done = acts.perform(self.book, self.code, event, facts, clerk=self.clerk, now=self.at)
        self.due_at = done.due_at

    def _form(self, procedure: ProcedureVersion) -> IntakeForm:
        chance = self.chance
        case = chance.choice(procedure.cases).label if procedure.cases else None
        typed = TypedLimit(Decimal(5), LimitUnit.WORKING_DAYS) if intake.needs_typed_limit(procedure) else None
        papers = tuple(
            SubmittedPaper(paper.name, shown=True)
            if paper.shown_only
            else SubmittedPaper(paper.name, paper.originals, paper.copies)
            for paper in intake.papers_for(procedure, case)
            if paper.required
        )
        principal = None
        if chance.random() < 0.04:
            asked_by: Person = next(practice.people(chance.randrange(10**6)))
            principal = Principal(
                name=asked_by.name,
                id_number=asked_by.id_number,
                address=asked_by.address,
                phone=asked_by.phone,
                authority_paper="Giấy ủy quyền có chứng thực chữ ký",
            )
        return IntakeForm(
            procedure.code,
            self.visit.channel,
            self.key,
            self.visit.person,
            principal=principal,
            papers=papers,
            case=case,
            limit=typed,
            filed_by=self._drawn("filed", _FILED_BY) if self.visit.channel is Channel.ONLINE else "",
        )
