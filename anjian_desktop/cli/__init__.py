"""The command line over the services: one file per group of commands."""
