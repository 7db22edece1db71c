"""The law as pure functions of plain values and a given moment: no Qt, no peewee, no clock."""
