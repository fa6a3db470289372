"""The explorer as a folder of files: the same pages, for any static host and for a USB stick (`kg publish`)."""

from kg.web.site.publish import Options, Published, publish

__all__ = ["Options", "Published", "publish"]
