"""Studies on the shelf, and one of them opened: what was asked, what was found, and all of it to take along."""
