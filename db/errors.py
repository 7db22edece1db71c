"""Troubles of the register that its users must tell apart; messages are one Vietnamese sentence each."""


class RegisterProblem(Exception):
    """The register cannot be used or changed as asked. ``code`` is a stable English word.

    ``facts`` hold what a program may want to know (a path, a version); never personal data.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts
