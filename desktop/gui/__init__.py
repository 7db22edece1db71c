"""The screen: shows records, calls the office through one door."""
