"""A reform of one's own: what it changes, its file, its address, what the law then says."""
