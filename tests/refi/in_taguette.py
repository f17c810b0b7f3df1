#!/usr/bin/env python3
"""Puts a codebook of kantlijn's through Taguette and compares what comes out.

    python3 tests/refi/in_taguette.py CODES.qdc

Needs taguette (PyPI). Taguette writes REFI-QDA codebooks but reads codebooks as CSV: the codes of the file become that
table (path and description), Taguette's importer reads it, its database keeps it in a new project, and its exporter
writes a REFI-QDA codebook again. Paths must come out as they went in. Ends 0 when they do.
"""

import argparse
import csv
import io
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

try:
    import taguette
    from taguette import database, export
    from taguette.import_codebook import list_tags
except ImportError as error:
    sys.exit(f"in_taguette.py needs taguette: pip install taguette ({error})")

CODEBOOK = "{urn:QDA-XML:codebook:1.0}"


def codes(element, path=()):
    """All codes with their path from the top and their description."""
    for code in element.findall(f"{CODEBOOK}Code"):
        here = (*path, code.get("name").strip())
        yield ".".join(here), (code.findtext(f"{CODEBOOK}Description") or "").strip()
        yield from codes(code, here)


def read(data):
    root = ElementTree.fromstring(data)
    if root.tag != f"{CODEBOOK}CodeBook":
        sys.exit(f"{root.tag} is no codebook")
    return list(codes(root.find(f"{CODEBOOK}Codes")))


def table(rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["path", "description"])
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode("utf-8"))


def keep(tags, folder):
    """Keeps tags in a project of Taguette's own database and gives them back from there."""
    DBSession = database.connect(f"sqlite:///{folder}/taguette.sqlite3")
    with DBSession() as db:
        project = database.Project(name="kantlijn", description="")
        db.add(project)
        db.flush()
        for tag in tags:
            db.add(database.Tag(project_id=project.id, path=tag["path"], description=tag["description"]))
        db.commit()
        return [(t.path, t.description) for t in db.query(database.Tag).order_by(database.Tag.id)], export_of(db)


def export_of(db):
    out = io.BytesIO()
    export.codebook_xml(db.query(database.Tag).order_by(database.Tag.id).all(), out)
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description="Puts a .qdc through Taguette.")
    parser.add_argument("file", type=Path)
    args = parser.parse_args()
    went_in = read(args.file.read_bytes())
    tags = list_tags(table(went_in))
    with tempfile.TemporaryDirectory() as folder:
        kept, exported = keep(tags, folder)
    came_out = [path for path, _ in read(exported)]
    same = kept == went_in and came_out == [path for path, _ in went_in]
    version = getattr(taguette, "__version__", "?")
    print(f"Taguette {version}: {len(went_in)} codes in, {len(tags)} imported, {len(came_out)} exported: "
          f"{'the same' if same else 'NOT the same'}")
    for path, description in kept:
        print(f"  {path}{': ' + description.splitlines()[0] if description else ''}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
