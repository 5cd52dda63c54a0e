"""What a rental is made of and what is said of it: the values every other room speaks in."""

from compliance.model.share import Share
from compliance.model.truth import Truth

__all__ = ["Share", "Truth"]
