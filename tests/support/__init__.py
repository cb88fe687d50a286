"""What the levels of test share."""
