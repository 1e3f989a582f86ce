"""What `make` runs: set-up, the service, tests and checks. Standard library only."""
