"""A layer or a feature that a page's address names, or the page that says there is none."""

from collections.abc import Mapping

from django.http import Http404
from django.utils.translation import gettext as _

from layers.errors import NotFound
from layers.query.registry import PublishedLayer
from layers.query.rows import FeatureRow, find_feature


def layer_or_404(layers: Mapping[str, PublishedLayer], slug: str) -> PublishedLayer:
    layer = layers.get(slug)
    if layer is None:
        raise Http404(_("There is no layer called “%(slug)s”.") % {"slug": slug})
    return layer


def feature_or_404(layer: PublishedLayer, fid: str) -> FeatureRow:
    try:
        return find_feature(layer, fid)
    except NotFound as error:
        raise Http404(str(error)) from error
