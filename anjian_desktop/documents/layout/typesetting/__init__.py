"""Sets the model on pages: lines, rows, columns, floating boxes, notes, headers and footers."""
