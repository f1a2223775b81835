"""The `kg` command: a thin skin over the library. It reads arguments, prints, and sets the exit code.

Exit codes: 0 done; 1 something to put right (one line on stderr says what and how), or a check
that failed; 2 wrong arguments. A command's module is loaded when it is called (`kg.cli.commands` lists them), and what
it needs is imported inside of it, so that `kg --help` is quick.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys

from kg.errors import KgError

#: When Python looks for garbage. Modules and records stay: to look among them again and again is a tenth of the time.
COLLECTOR = (100_000, 50, 100)


def main() -> None:
    """Run the command. A KgError is one line on stderr and exit code 1."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")
    gc.set_threshold(*COLLECTOR)
    try:
        from kg.cli.commands import app

        app()
        sys.stdout.flush()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        _forget_output()
        sys.exit(0)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _forget_output()
        print(
            f"kg: the output cannot be written ({error.strerror}); make room and try again", file=sys.stderr
        )
        sys.exit(1)
    finally:
        gc.freeze()  # at its end Python would look for garbage once more


_FULL = (errno.ENOSPC, errno.EDQUOT)


def _forget_output() -> None:
    """What is left to write goes nowhere, so that Python does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
