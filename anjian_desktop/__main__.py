"""`python -m anjian_desktop` is the command line; the installed program's launcher also starts its file reader this way."""

import sys

from anjian_desktop.exchange import CHILD_ARGUMENT

if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD_ARGUMENT]:
        from anjian_desktop.exchange.child import main

        main(int(sys.argv[2]))
    else:
        from anjian_desktop.cli.main import run

        sys.exit(run())
