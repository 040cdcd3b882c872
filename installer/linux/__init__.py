"""The package for Debian and its relatives (统信 UOS, 银河麒麟)."""
