"""Lengths on paper in points, without loading what draws: content and layout know sizes long before a page is drawn."""

_INCH = 72.0
#: A millimetre, rounded as reportlab rounds it, or papers would differ in their last digits.
mm = _INCH / 2.54 * 0.1
