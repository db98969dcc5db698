"""What happens: one mechanism, one file, its own parameters.  Processes talk only through columns."""
