"""What people read, in Danish and in English: a file for each topic, a table for each phrase."""
