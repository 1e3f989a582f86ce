"""What planning keeps, each model in the room that it belongs to."""

from planning.applications.models import ApplicationColumns, ApplicationText
from planning.companions.models import (
    ConstraintFeature,
    Coverage,
    CoverageArea,
    CoveragePiece,
    Piece,
)
from planning.receipts.models import Aside, Receipt

__all__ = [
    "ApplicationColumns", "ApplicationText", "Aside", "ConstraintFeature", "Coverage",
    "CoverageArea", "CoveragePiece", "Piece", "Receipt",
]  # fmt: skip
