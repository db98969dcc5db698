"""How rules run: columns, rules written as if for one agent, the printable week.  Knows no citizen."""
