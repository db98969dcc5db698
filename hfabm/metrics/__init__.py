"""What is measured: a number each week for every group, and what is said of a whole run."""
