"""Tables, repositories and what reaches the outside."""
