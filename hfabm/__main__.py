"""`python -m hfabm`: the same as the command `hfabm`."""

from hfabm.cli.main import main

if __name__ == "__main__":
    main()
