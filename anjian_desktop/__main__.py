"""`python -m anjian_desktop` is the command line."""

import sys

from anjian_desktop.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
