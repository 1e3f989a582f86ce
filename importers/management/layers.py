"""Finding the layer that a command names."""

from django.core.management.base import CommandError

from layers.models import Layer


def find_layer(slug: str) -> Layer:
    """Return the layer called ``slug``.

    Raises
    ------
    CommandError
        There is none; the message lists those that there are.
    """
    layer = Layer.objects.filter(slug=slug).first()
    if layer is None:
        names = ", ".join(Layer.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no layer “{slug}”. There are: {names}.", returncode=2)
    return layer
