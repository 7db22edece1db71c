"""The way up and back: what is said between a commune and the hub that takes its reports, and how it travels."""
