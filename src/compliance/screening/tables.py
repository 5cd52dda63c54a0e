"""A table under rules/data as its model, with every defect at its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from compliance.errors import ReferenceDataError
from compliance.yaml import read_file

M = TypeVar("M", bound=BaseModel)


def read_as(path: Path, model: type[M]) -> M:
    """A data file as its model.

    Raises:
        ReferenceDataError: every defect with file, line and column.
    """
    document = read_file(path)
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise ReferenceDataError(
            document.problem(document.existing(d["loc"]), d["msg"], code="reference_data")
            for d in details
        ) from None
