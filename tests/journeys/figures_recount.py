"""The official table counted again, dossier by dossier and cell by cell, from the counting rules alone.

Written from domain.md 4.1 for people to read; it imports nothing of the program. A dossier is a list of happenings
``(day, what, due, waiting since)`` in order, days as ISO text; ``what`` is one of the words below.
"""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing

ENDS = {"finish", "refuse", "stop", "withdraw"}
COLUMNS = (
    *("received_total", "received_online", "received_direct", "carried_over"),
    *("resolved_total", "early", "on_time", "late"),
    *("pending_total", "pending_in_time", "pending_overdue"),
)


def as_known_on(happenings, day):
    """What had happened by the end of a day."""
    return [one for one in happenings if one[0] <= day]


def end_of(happenings):
    """The happening that ended it, if it has ended; coming back after an undo opens it again."""
    ended = None
    for one in happenings:
        if one[1] in ENDS:
            ended = one
        elif one[1] == "reopen":
            ended = None
    return ended


def never_received(happenings):
    """Refused on the very day it came, while the promise still held."""
    ended = end_of(happenings)
    if ended is None or ended[1] != "refuse" or ended[0] != happenings[0][0]:
        return False
    return how_it_ended(ended) != "late"


def how_it_ended(ended):
    """early, on_time or late; who waits for the citizen is judged by the day the waiting began."""
    day, what, due, waiting_since = ended
    judged = waiting_since or day
    if due is None or judged == due:
        return "on_time"
    if judged > due:
        return "late"
    return "early" if what == "finish" else "on_time"


def is_open_at_start(happenings, first):
    """Received before the period and not ended before it."""
    ended = end_of(happenings)
    return happenings[0][0] < first and (ended is None or ended[0] >= first)


def is_overdue_at(happenings, day):
    """Whether the promise as it stood at the end of that day had been missed then."""
    _, _, due, waiting_since = as_known_on(happenings, day)[-1]
    return due is not None and due < (waiting_since or day)


def recount(dossiers, first, last):
    """Field → column → number, and the sum under ""; ``dossiers`` are (field, is online, happenings)."""
    table = defaultdict(lambda: dict.fromkeys(COLUMNS, 0))
    for field, online, happenings in dossiers:
        if never_received(happenings) or happenings[0][0] > last:
            continue
        for line in (table[field], table[""]):
            count(line, online, happenings, first, last)
    return {name: line for name, line in table.items() if any(line.values())}


def count(line, online, happenings, first, last):
    """Add one dossier to a line of the table."""
    came, ended = happenings[0][0], end_of(happenings)
    if first <= came <= last:
        line["received_online" if online else "received_direct"] += 1
        line["received_total"] += 1
    elif is_open_at_start(happenings, first):
        line["carried_over"] += 1
        line["received_total"] += 1
    if ended is not None and first <= ended[0] <= last:
        line["resolved_total"] += 1
        line[how_it_ended(ended)] += 1
    if ended is None or ended[0] > last:
        line["pending_total"] += 1
        line["pending_overdue" if is_overdue_at(happenings, last) else "pending_in_time"] += 1


def percent(line):
    """On time among the resolved with two decimals, never rounded up; None for nothing."""
    if not line["resolved_total"]:
        return None
    whole, hundredths = divmod((line["early"] + line["on_time"]) * 10_000 // line["resolved_total"], 100)
    return f"{whole}.{hundredths:02d}"


def read(register):
    """Every dossier of a register's file as (field, is online, happenings), from its events alone."""
    with closing(sqlite3.connect(register)) as file:
        fields = dict(file.execute("SELECT id, json_extract(content, '$.field') FROM procedure_version"))
        rows = file.execute("SELECT seq, dossier, kind, at, payload FROM event WHERE dossier IS NOT NULL ORDER BY seq")
        kinds, dossiers = {}, {}
        for seq, code, kind, at, payload in rows:
            told, kinds[seq] = json.loads(payload), kind
            if kind == "register":
                online = told["form"]["channel"] == "online"
                happening = (told["received_at"][:10], kind, told["due_at"][:10], None)
                dossiers[code] = (fields[told["version_id"]], online, [happening])
            elif after := told.get("after"):
                undone = kind == "undo" and kinds[told["facts"]["undoes"]] in ENDS
                waiting = after["paused_since"] and after["paused_since"][:10]
                dossiers[code][2].append((at[:10], "reopen" if undone else kind, after["due_at"][:10], waiting))
    return list(dossiers.values())
