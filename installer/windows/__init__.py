"""The Windows setup file, built on Linux, and the tests of it under Wine."""
