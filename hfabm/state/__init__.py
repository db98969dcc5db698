"""What is true this week: tables of rows, the ledger, the housing network.  No behaviour."""
