"""The counter: one function per thing a clerk does, one transaction each."""
