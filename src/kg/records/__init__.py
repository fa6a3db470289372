"""The record format: what an editor writes about one source, read with every mistake located.

`read_record` reads one file, `read_corpus` a whole data folder; `json_schema` and `new_record` help to write one.
"""

from kg.records.corpus import Corpus, RecordFile, check_path, data_folder_of, read_corpus
from kg.records.dates import PartialDate, parse_date
from kg.records.model import Record
from kg.records.provisions import Provision, parse_provision
from kg.records.reader import read_record, try_record
from kg.records.registry import Registries, read_registries
from kg.records.schema import json_schema
from kg.records.template import new_record

__all__ = [
    "Corpus",
    "PartialDate",
    "Provision",
    "Record",
    "RecordFile",
    "Registries",
    "check_path",
    "data_folder_of",
    "json_schema",
    "new_record",
    "parse_date",
    "parse_provision",
    "read_corpus",
    "read_record",
    "read_registries",
    "try_record",
]
