"""Tables, repositories and legacy readers of the data hub."""
