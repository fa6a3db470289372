"""Dossiers of an official, a person or a case: numbered claims, each cited to passages, as HTML, PDF, DOCX and JSON."""

from kg.present.dossier.build import LAYOUTS, build_dossier
from kg.present.dossier.model import Dossier
from kg.present.dossier.writing import FORMATS, render, write_dossier
from kg.present.words import LANGUAGES

__all__ = ["FORMATS", "LANGUAGES", "LAYOUTS", "Dossier", "build_dossier", "render", "write_dossier"]
