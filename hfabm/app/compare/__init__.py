"""Comparisons: a base and some reforms with the same luck, made in the background, and what they come to."""
