"""The one-stop counter: law (rules), counter acts (office), paper (documents), screen (gui) and command line."""
