"""PDF files from laid-out documents: one after another into a file, or a family of files with one set of fonts."""

from anjian_desktop.documents.pdf.family import PdfFamily
from anjian_desktop.documents.pdf.writer import PdfWriter, UnprintableCharacters

__all__ = ["PdfFamily", "PdfWriter", "UnprintableCharacters"]
