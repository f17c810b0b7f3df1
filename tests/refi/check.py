#!/usr/bin/env python3
"""Validates REFI-QDA files against the published schemas.

    python3 tests/refi/check.py --schemas DIR FILE.qdc|FILE.qdpx ...

DIR holds `Project.xsd` (version 1.0, as published) and `codebook.xsd`. Needs lxml. Beyond the schema it looks at what a
schema can't say: that every GUID is there once, that every reference finds what it names, that every text is in the
archive (UTF-8, LF, no byte-order mark), and that a place in it holds the words that the selection names.
Ends 0 when all files are good, 1 when one isn't, 2 when it can't tell.
"""

import argparse
import io
import sys
import zipfile
from pathlib import Path

try:
    from lxml import etree
except ImportError:
    sys.exit("check.py needs lxml: pip install lxml")

PROJECT = "{urn:QDA-XML:project:1.0}"
REFS = {"CodeRef", "NoteRef", "SourceRef", "SelectionRef", "VariableRef", "MemberCode", "MemberSource", "MemberNote"}


def local(element):
    return etree.QName(element).localname


def parse(data):
    return etree.parse(io.BytesIO(data), etree.XMLParser(resolve_entities=False, no_network=True))


def validate(tree, schema):
    return [] if schema.validate(tree) else [f"line {e.line}: {e.message}" for e in schema.error_log]


def names(tree):
    """Faults of GUIDs and references."""
    faults, seen = [], {}
    for element in tree.iter(etree.Element):
        guid = element.get("guid")
        if guid is None or local(element) == "MemberCode":
            continue
        if guid in seen:
            faults.append(f"line {element.sourceline}: {guid} is also the name of line {seen[guid]}")
        seen[guid] = element.sourceline
    for element in tree.iter(etree.Element):
        if local(element) in REFS:
            target = element.get("targetGUID") or element.get("guid")
            if target not in seen:
                faults.append(f"line {element.sourceline}: {local(element)} names {target}, which is not there")
    return faults


def texts(tree, archive):
    """Faults of texts and of places in them; and how many places were compared with their words."""
    faults, compared = [], 0
    for source in tree.iter(f"{PROJECT}TextSource"):
        path = source.get("plainTextPath", "")
        name = "sources/" + path.removeprefix("internal://")
        if name not in archive.namelist():
            faults.append(f"{path} is not in the archive")
            continue
        data = archive.read(name)
        if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
            faults.append(f"{name} has a byte-order mark or CR")
        text = data.decode("utf-8")
        for selection in source.iter(f"{PROJECT}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            if not 0 <= start < end <= len(text):
                faults.append(f"line {selection.sourceline}: {start}-{end} is not in {name}")
            elif text[start:end] == selection.get("name"):
                compared += 1
    return faults, compared


def check(path, schemas):
    data = path.read_bytes()
    if path.suffix == ".qdc":
        tree = parse(data)
        return validate(tree, schemas["codebook"]) + names(tree), f"{sum(1 for _ in tree.iter('{*}Code'))} codes"
    archive = zipfile.ZipFile(io.BytesIO(data))
    tree = parse(archive.read("project.qde"))
    faults, compared = texts(tree, archive)
    places = sum(1 for _ in tree.iter(f"{PROJECT}PlainTextSelection"))
    said = f"{sum(1 for _ in tree.iter(f'{PROJECT}TextSource'))} sources, {places} places ({compared} named by their words)"
    return validate(tree, schemas["project"]) + names(tree) + faults, said


def main():
    parser = argparse.ArgumentParser(description="Validates .qdc and .qdpx files.")
    parser.add_argument("--schemas", type=Path, required=True, help="folder with Project.xsd and codebook.xsd")
    parser.add_argument("files", type=Path, nargs="+")
    args = parser.parse_args()
    try:
        schemas = {
            "project": etree.XMLSchema(etree.parse(args.schemas / "Project.xsd")),
            "codebook": etree.XMLSchema(etree.parse(args.schemas / "codebook.xsd")),
        }
    except (OSError, etree.Error) as error:
        print(f"the schemas can't be read: {error}", file=sys.stderr)
        return 2
    bad = 0
    for path in args.files:
        try:
            faults, said = check(path, schemas)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile, etree.Error) as error:
            faults, said = [str(error)], "not read"
        bad += bool(faults)
        print(f"{path.name}: {'valid' if not faults else 'NOT valid'}, {said}")
        for fault in faults:
            print(f"  {fault}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
