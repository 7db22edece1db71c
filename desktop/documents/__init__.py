"""Frozen snapshots in, PDF bytes out; never reads a database."""
