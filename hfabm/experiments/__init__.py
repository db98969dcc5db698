"""Studies: many runs planned in one file, made by many workers, and never lost."""
