"""Week zero: a world built from a place's facts."""
