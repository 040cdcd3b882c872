"""Files from outside in, lists out: spreadsheets, text tables."""

CHILD_ARGUMENT = "--read-files"
"""What the installed program's launcher is started with to be the child process that reads files."""
