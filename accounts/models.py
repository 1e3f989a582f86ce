"""The people who sign in: a model of our own from the first migration."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A member of the council's staff. Residents need no account."""
