"""What each row of the dialogue's table does."""
