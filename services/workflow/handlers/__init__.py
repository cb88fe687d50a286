"""One command, one function, one commit; every collaborator is an argument."""
