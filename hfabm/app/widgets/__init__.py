"""What Solara does not have: a chart that anyone can read and take along, and a map of a town's homes."""
