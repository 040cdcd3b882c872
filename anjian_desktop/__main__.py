"""`python -m anjian_desktop` is the command line; the installed program's launcher also starts its children this way."""

import sys

from anjian_desktop import documents, exchange

if __name__ == "__main__":
    if sys.argv[1:2] == [exchange.CHILD_ARGUMENT]:
        from anjian_desktop.exchange.child import main

        main(int(sys.argv[2]))
    elif sys.argv[1:2] == [documents.CHILD_ARGUMENT]:
        from anjian_desktop.documents.child import main

        main(int(sys.argv[2]))
    else:
        from anjian_desktop.cli.main import run

        sys.exit(run())
