"""What the app says, in Danish and in English: a file for each topic, a table for each phrase."""
