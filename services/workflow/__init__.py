"""Cases, tasks and clocks (办件): the one service that orchestrates the others."""
