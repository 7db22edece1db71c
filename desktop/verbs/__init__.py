"""The verbs of the command line, each thin over the office: read the words, call, shape the answer."""
