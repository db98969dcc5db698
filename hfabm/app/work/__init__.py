"""Work in processes of its own: the server stays quick, a run can be stopped, and memory goes with its process."""
