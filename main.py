"""Starts Dayuan: the window, or one command of it."""

from __future__ import annotations

import os
import sys

OPTIONS = ("--data", "--office", "--user", "--lang")  # of the window


def main(argv: list[str]) -> int:
    """Exit status of the process. No command opens the window; without a display it runs the tour instead."""
    if not _command(argv):
        from ui import app

        return app.run(argv)
    from services.commands import line

    args = line.parser().parse_args(argv)
    if args.command == "tour":
        from ui import tour

        return tour.run(args.lang)
    return line.run(args, signed_in="--user" in argv or any(a.startswith("--user=") for a in argv))


def _command(argv: list[str]) -> bool:
    """Whether anything but the window is asked for: a command, help, or an option that is wrong."""
    rest = iter(argv)
    for word in rest:
        if word in OPTIONS:
            next(rest, None)
        elif word.split("=")[0] not in OPTIONS:
            return True
    return False


if __name__ == "__main__":
    if sys.stdout.encoding and sys.stdout.encoding.lower() != "utf-8" and "PYTHONIOENCODING" not in os.environ:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
