"""Tables of the register as peewee sees them today; fields and indexes, no behaviour.

The file itself is made by ``db.migrations`` (a test holds both together). Models are unbound:
queries are executed on the database of the ``Register`` at hand. Moments are ISO text +07:00 to
the second, so that text order is time order.
"""

from db.orm import peewee as pw


class Table(pw.Model):
    class Meta:
        legacy_table_names = False


class Migration(Table):
    name = pw.TextField(primary_key=True)
    applied_at = pw.TextField()


class Setting(Table):
    name = pw.TextField(primary_key=True)
    value = pw.TextField()


class Person(Table):
    id = pw.AutoField()
    short_name = pw.TextField(unique=True)
    full_name = pw.TextField()
    active = pw.BooleanField(default=True)
    #: JSON lists: words of ``vocabulary.Role``, and the fields (lĩnh vực) of the work, empty for all of them.
    roles = pw.TextField(default="[]")
    fields = pw.TextField(default="[]")


class Credential(Table):
    person = pw.ForeignKeyField(Person, Person.short_name, column_name="person", primary_key=True)
    hash = pw.TextField()
    set_at = pw.TextField()
    must_change = pw.BooleanField()
    failures = pw.IntegerField()
    wait_until = pw.TextField(null=True)


class RecoveryCode(Table):
    id = pw.AutoField()
    hash = pw.TextField()
    made_at = pw.TextField()
    failures = pw.IntegerField()
    wait_until = pw.TextField(null=True)


class CalendarDay(Table):
    day = pw.TextField(primary_key=True)
    kind = pw.TextField()
    name = pw.TextField()
    source = pw.TextField()


class CalendarYear(Table):
    year = pw.IntegerField(primary_key=True)
    confirmed = pw.BooleanField()
    document = pw.TextField()


class ProcedureVersion(Table):
    id = pw.AutoField()
    code = pw.TextField(index=True)
    valid_from = pw.TextField(null=True)
    valid_to = pw.TextField(null=True)
    content = pw.TextField()
    #: The event of the decision that made it; empty for what the register began with.
    decision = pw.DeferredForeignKey("Event", column_name="decision", null=True)
    fields = pw.TextField(null=True)


class Dossier(Table):
    id = pw.AutoField()
    code = pw.TextField(unique=True)
    official_code = pw.TextField(null=True, unique=True)
    request_key = pw.TextField(unique=True)
    unit_code = pw.TextField()
    received_on = pw.TextField(index=True)
    day_number = pw.IntegerField()
    book_year = pw.IntegerField()
    book_no = pw.TextField()
    entry_no = pw.IntegerField()
    procedure = pw.TextField()
    procedure_name = pw.TextField()
    version = pw.ForeignKeyField(ProcedureVersion, column_name="version_id", index=False)
    channel = pw.TextField()
    result_by = pw.TextField()
    applicant = pw.TextField()
    id_number = pw.TextField()
    phone = pw.TextField()
    clerk = pw.TextField()
    received_at = pw.TextField()
    due_at = pw.TextField()
    finished_at = pw.TextField(null=True)
    handed_over_at = pw.TextField(null=True)
    status = pw.IntegerField()
    printed = pw.IntegerField()
    print_failed = pw.BooleanField()
    search = pw.TextField()
    holder = pw.TextField(default="")
    paused_since = pw.TextField(null=True)
    apologised = pw.BooleanField(default=False)

    class Meta:
        indexes = (
            (("unit_code", "received_on", "day_number"), True),
            (("book_year", "book_no", "entry_no"), True),
            (("id_number", "procedure"), False),
            (("status", "due_at"), False),
        )


Dossier.add_index(
    Dossier.index(
        Dossier.due_at,
        Dossier.paused_since,
        name="dossier_without_letter",
        where=pw.SQL("apologised = 0 AND (finished_at IS NULL OR substr(finished_at, 1, 10) > substr(due_at, 1, 10))"),
    )
)


class Event(Table):
    seq = pw.AutoField()
    dossier = pw.ForeignKeyField(Dossier, field="code", column_name="dossier", null=True)
    kind = pw.TextField()
    at = pw.TextField()
    clerk = pw.TextField()
    key = pw.TextField(unique=True)
    payload = pw.TextField()
    prev = pw.TextField()
    hash = pw.TextField()


Event.add_index(Event.index(Event.at, name="event_rating", where=pw.SQL("kind IN ('rate', 'count_ballots')")))
Event.add_index(Event.index(Event.at, name="event_return", where=pw.SQL("kind IN ('hand_over', 'fee_paid')")))
Event.add_index(Event.index(Event.at, name="event_propose", where=pw.SQL("kind IN ('propose')")))
_POSTING = "kind IN ('post_sheets', 'take_down', 'undo_posting')"
Event.add_index(Event.index(Event.at, name="event_posting", where=pw.SQL(_POSTING)))
Event.add_index(Event.index(Event.at, name="event_illustrate", where=pw.SQL("kind IN ('illustrate')")))
_PEOPLE = (
    "kind IN ('add_person', 'change_person', 'set_password', 'reset_password', 'make_recovery_code',"
    " 'use_recovery_code')"
)
Event.add_index(Event.index(Event.at, name="event_people", where=pw.SQL(_PEOPLE)))
_ACCESS = "kind IN ('view', 'search', 'reveal', 'export', 'sign_in', 'fail_sign_in')"
Event.add_index(Event.index(Event.at, name="event_access", where=pw.SQL(_ACCESS)))
_BOOK = "kind IN ('import_book', 'undo_import', 'destroy')"
Event.add_index(Event.index(Event.at, name="event_book", where=pw.SQL(_BOOK)))


class Decision(Table):
    seq = pw.ForeignKeyField(Event, column_name="seq", primary_key=True)
    number = pw.TextField()
    decided_on = pw.TextField(null=True)
    effective_on = pw.TextField()
    undone_by = pw.ForeignKeyField(Event, column_name="undone_by", null=True, index=False)


class BallotBox(Table):
    question = pw.TextField(primary_key=True)
    ballots = pw.IntegerField()
    seq = pw.IntegerField()
    key_id = pw.TextField()
    locked = pw.BlobField()


class IssuedDocument(Table):
    id = pw.AutoField()
    #: Empty for a slip given before any dossier existed.
    dossier = pw.ForeignKeyField(Dossier, field="code", column_name="dossier", null=True)
    kind = pw.TextField()
    year = pw.IntegerField()
    number = pw.IntegerField()
    version = pw.IntegerField()
    issued_at = pw.TextField()
    content = pw.TextField()
    content_sha256 = pw.TextField()

    class Meta:
        indexes = ((("kind", "year", "number"), True),)


class RenderedFile(Table):
    id = pw.AutoField()
    document = pw.ForeignKeyField(IssuedDocument, column_name="document_id")
    path = pw.TextField()
    sha256 = pw.TextField()
    made_at = pw.TextField()


class Slip(Table):
    id = pw.AutoField()
    kind = pw.TextField()
    year = pw.IntegerField()
    number = pw.IntegerField()
    label = pw.TextField()
    given_at = pw.TextField(index=True)
    clerk = pw.TextField()
    procedure = pw.TextField()
    procedure_name = pw.TextField()
    applicant = pw.TextField()
    id_number = pw.TextField()
    phone = pw.TextField()
    told = pw.TextField()
    form_key = pw.TextField(index=True)
    printed = pw.IntegerField()
    print_failed = pw.BooleanField()
    dossier = pw.ForeignKeyField(Dossier, field="code", column_name="dossier", null=True)
    taken_back = pw.BooleanField()
    search = pw.TextField()

    class Meta:
        indexes = ((("kind", "year", "number"), True), (("id_number", "procedure"), False))


class SheetContent(Table):
    sha256 = pw.TextField(primary_key=True)
    name = pw.TextField(index=True)
    content = pw.TextField()


class PostedSheet(Table):
    id = pw.AutoField()
    name = pw.TextField()
    sha256 = pw.ForeignKeyField(SheetContent, column_name="sha256", index=False)
    size = pw.TextField()
    board = pw.TextField()
    slot = pw.TextField()
    posted_at = pw.TextField()
    clerk = pw.TextField()
    posted_by = pw.ForeignKeyField(Event, column_name="posted_by")
    down_at = pw.TextField(null=True)
    down_by = pw.ForeignKeyField(Event, column_name="down_by", null=True)
    undone = pw.BooleanField()


class DayReport(Table):
    seq = pw.ForeignKeyField(Event, column_name="seq", primary_key=True)
    content = pw.BlobField()


class Acknowledgement(Table):
    id = pw.AutoField()
    said_at = pw.TextField()
    read_at = pw.TextField()
    carrier = pw.TextField()
    sha256 = pw.TextField(unique=True)
    content = pw.BlobField()


class Outbox(Table):
    seq = pw.ForeignKeyField(DayReport, column_name="seq", primary_key=True)
    day = pw.TextField()
    revision = pw.IntegerField()
    code = pw.TextField()
    sha256 = pw.TextField()
    received = pw.IntegerField()
    resolved = pw.IntegerField()
    overdue = pw.IntegerField()
    state = pw.TextField()
    rest = pw.TextField()
    reason = pw.TextField()
    changed_at = pw.TextField()
    attempts = pw.IntegerField()
    tries = pw.TextField()
    next_try_at = pw.TextField(null=True)
    acknowledgement = pw.ForeignKeyField(Acknowledgement, column_name="acknowledgement", null=True, index=False)
    standing = pw.TextField(null=True)

    class Meta:
        indexes = ((("day", "revision"), True),)


class Line(Table):
    id = pw.AutoField()
    offline_since = pw.TextField(null=True)
    reason = pw.TextField()
    failures = pw.IntegerField()
    tried_at = pw.TextField(null=True)
    next_try_at = pw.TextField(null=True)
    batch = pw.IntegerField()
    heard_at = pw.TextField(null=True)
    asked = pw.TextField()
    enrolling = pw.TextField()


class OldEntry(Table):
    id = pw.AutoField()
    imported_by = pw.ForeignKeyField(Event, Event.seq, column_name="imported_by")
    row = pw.IntegerField()
    year = pw.IntegerField(index=True)
    entry_no = pw.TextField()
    code = pw.TextField()
    applicant = pw.TextField()
    id_number = pw.TextField()
    address = pw.TextField()
    phone = pw.TextField()
    procedure_name = pw.TextField()
    received_on = pw.TextField()
    due_on = pw.TextField(null=True)
    finished_on = pw.TextField(null=True)
    handed_over_on = pw.TextField(null=True)
    result = pw.TextField()
    note = pw.TextField()
    sha256 = pw.TextField(index=True)
    search = pw.TextField()


OldEntry.add_index(OldEntry.index(OldEntry.code, name="old_entry_code", where=pw.SQL("code <> ''")))
OldEntry.add_index(
    OldEntry.index(OldEntry.entry_no, OldEntry.received_on, name="old_entry_place", where=pw.SQL("code = ''"))
)


class OldEntryVoid(Table):
    entry = pw.ForeignKeyField(OldEntry, column_name="entry", index=False)
    by = pw.ForeignKeyField(Event, Event.seq, column_name="by")

    class Meta:
        primary_key = pw.CompositeKey("entry", "by")
        without_rowid = True


class Draft(Table):
    station = pw.TextField(primary_key=True)
    saved_at = pw.TextField()
    state = pw.TextField()


ALL = (
    Migration,
    Setting,
    Person,
    Credential,
    RecoveryCode,
    CalendarDay,
    CalendarYear,
    ProcedureVersion,
    Dossier,
    Event,
    Decision,
    BallotBox,
    IssuedDocument,
    RenderedFile,
    Slip,
    SheetContent,
    PostedSheet,
    DayReport,
    Acknowledgement,
    Outbox,
    Line,
    OldEntry,
    OldEntryVoid,
    Draft,
)
