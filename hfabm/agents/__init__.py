"""Who decides: institutions as Mesa agents whose `decide` a user can override in plain Python."""
