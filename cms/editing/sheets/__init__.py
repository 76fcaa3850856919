"""Sheets that lie: an entity's spreadsheet, CSV or JSON read into proposals, and our template written.

Pure but for the `current` callable: nothing here knows the database, and nothing is written of what is read.
"""

from cms.editing.sheets.cells import neutral
from cms.editing.sheets.columns import COLUMNS, OFFERED, Column
from cms.editing.sheets.problems import Level, Problem
from cms.editing.sheets.reading import MAX_BYTES, read
from cms.editing.sheets.report import Report
from cms.editing.sheets.template import filled, template
from cms.editing.sheets.writing import csv_of, json_of

__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "OFFERED",
    "Column",
    "Level",
    "Problem",
    "Report",
    "csv_of",
    "filled",
    "json_of",
    "neutral",
    "read",
    "template",
]
