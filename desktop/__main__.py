"""``motcua`` and ``python -m desktop``: the window without a verb, the command line with one."""

import sys


def main() -> int:
    """Run the program; returns the exit code. The window does not wait for what only the verbs need."""
    words = sys.argv[1:]
    if not words or (words[0] == "--data" and len(words) == 2):
        # Nothing made while loading is ever garbage: collecting it is a tenth of the start-up.
        import gc

        gc.disable()
        from desktop.app import run_window
        from desktop.paths import data_folder

        return run_window(data_folder(words[1] if words else None))
    from desktop import cli

    return cli.main(words)


if __name__ == "__main__":
    sys.exit(main())
