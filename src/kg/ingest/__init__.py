"""Tables and entity files of others -> records: spreadsheets in our layout, any table by a mapping, FollowTheMoney.

`write_template` starts a spreadsheet, `read_spreadsheet` reads it, `write_records` puts what was read into a data folder.
"""

from kg.ingest.changes import Change, changes
from kg.ingest.dates import DateOrder
from kg.ingest.guess import DraftMapping, guess_mapping
from kg.ingest.mapped import read_all
from kg.ingest.mapping import read_mapping
from kg.ingest.spreadsheet import read_spreadsheet
from kg.ingest.streaming import Streamed, write_stream
from kg.ingest.template import write_template
from kg.ingest.writing import Outcome, write_records

__all__ = [
    "Change",
    "DateOrder",
    "DraftMapping",
    "Outcome",
    "Streamed",
    "changes",
    "guess_mapping",
    "read_all",
    "read_mapping",
    "read_spreadsheet",
    "write_records",
    "write_stream",
    "write_template",
]
