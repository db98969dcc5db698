"""Answers: what the runs of a study come to, in tables, pictures and words."""
