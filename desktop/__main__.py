"""``motcua`` and ``python -m desktop``: the window without a verb, the command line with one."""

import sys


def main() -> int:
    """Run the program; returns the exit code."""
    from desktop import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
