"""How faithfully documents are laid out, measured beside another program's pages: `python -m tests.faithfulness`."""
