"""What planning keeps, each model in the room that it belongs to."""

from planning.applications.models import ApplicationText
from planning.companions.models import Coverage, CoverageArea, CoveragePiece, Piece
from planning.receipts.models import Aside, Receipt

__all__ = [
    "ApplicationText", "Aside", "Coverage", "CoverageArea", "CoveragePiece", "Piece", "Receipt",
]  # fmt: skip
