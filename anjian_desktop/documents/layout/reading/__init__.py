"""Reads a .docx file into the model: parts, styles, numbers, paragraphs, tables, drawings."""
