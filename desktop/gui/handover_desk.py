"""What the office says of a dossier that somebody wants to fetch, gathered for the hand-over page."""

from db.vocabulary import EventKind
from desktop import labels
from desktop.gui import handover_case
from desktop.gui.commands import Commands
from desktop.gui.handover_case import Case, Proof
from desktop.office import acts, lookup, procedures, settings
from desktop.rules import fees


def read_case(commands: Commands, code: str, proof: Proof) -> Case | None:
    """The dossier as it is now, and why its result cannot leave; None when there is none of that code.

    A refusal goes to the window's strip.
    """
    detail = commands.ask(lookup.dossier, code)
    if detail is None:
        return None
    offers = commands.ask(acts.offered, code, clerk=commands.clerk.short_name, now=commands.now()) or ()
    why_not = next((offer.why_not for offer in offers if offer.event is EventKind.HAND_OVER), "")
    procedure = commands.ask(procedures.version, detail.events[0].payload["version_id"])
    calendar = commands.ask(settings.calendar)
    result = labels.sentence_start(procedure.result) if procedure else ""
    outcome = handover_case.outcome_mark(detail.row, calendar) if calendar else None
    fee = detail.form["fee_amount"]
    if fee is None and procedure:
        row, why = detail.row, detail.form["fee_exemption"]
        fee = fees.fee_for(procedure, on=row.received_at.date(), channel=row.channel, exemption=why)
    return Case(detail, proof, result or "Kết quả giải quyết", why_not, outcome, fee)
