"""What the program and its document-opening child call things between them."""

PIECE, FOUND, FINISHED = b"P", b"I", b"E"
"""Frames of an answer: bytes of a file being made; what was found; a file is finished, with what it misses."""

EXAMINE, CONVERT, MERGE = "examine", "convert", "merge"
WORD, PDF = "docx", "pdf"
