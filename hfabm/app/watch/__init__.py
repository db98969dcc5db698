"""The page on which a place is watched: a player, the map, curves, and stories."""
