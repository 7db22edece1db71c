"""One module per page; pages meet only through signals and Changes."""
