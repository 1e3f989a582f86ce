"""A made-up city, in the form that departments send."""

from django.apps import AppConfig


class SampleCityConfig(AppConfig):
    name = "sample_city"
