"""Builds the setup file for Windows and the package for Linux; no part of the program itself."""
