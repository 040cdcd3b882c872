"""Word templates, page layout to PDF, codes on paper."""

CHILD_ARGUMENT = "--read-documents"
"""What the installed program's launcher is started with to be the child process that opens Word files."""
