"""`python -m rubric`, and the command `rubric`.

Takes nothing; ends the process with the command's exit code. Never imported by the package.
"""

import gc
import os
import sys


def run() -> None:
    # One command makes few cycles and ends soon: looking for them, and taking the modules apart at the end, costs more
    # than it gives.
    gc.disable()
    from rubric.cli.entry import main

    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
    os._exit(code)


if __name__ == "__main__":
    run()
