"""The live run of one place, for a process of its own: what to draw, week by week, and everybody's story."""
