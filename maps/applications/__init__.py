"""The search of planning applications: what is asked for, and what its pages and feeds say."""
