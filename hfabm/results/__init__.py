"""What a run leaves behind: the record, tables on disk, comparisons, a picture."""
