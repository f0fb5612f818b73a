"""Compares the changes that `cratewright diff` reports with those of specshift, on consecutive versions of a description.

Both name the operations that a change breaks on the wire: specshift in the location of a change, cratewright by the place in the
description, which an operation is at or refers to. An operation that only one of the two calls broken has to be in the list of
known disagreements, with the reason; a line of the list that no pair shows has to go.

Usage: other-differ.py CRATEWRIGHT SPECSHIFT KNOWN DESCRIPTION...
"""

import functools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def references(node):
    """The references inside a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].removeprefix("#")
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(document, pointer):
    node = document
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node


@functools.cache
def operations(path):
    """Each operation of a description, with the pointers of itself and of all that it refers to."""
    document = json.loads(Path(path).read_text())
    found = {}
    for template, item in document["paths"].items():
        at = "/paths/" + template.replace("~", "~0").replace("/", "~1")
        for method in METHODS:
            if method not in item:
                continue
            pointers = {f"{at}/{method}", f"{at}/parameters"}
            open_ = list(references(item[method])) + list(references(item.get("parameters", [])))
            while open_:
                pointer = open_.pop()
                if pointer not in pointers:
                    pointers.add(pointer)
                    open_.extend(references(resolve(document, pointer)))
            found[f"{method.upper()} {template}"] = pointers
    return found


def skeleton(operation):
    """An operation without the names of the parameters in its path."""
    return re.sub(r"\{[^}]*\}", "{}", operation)


def is_within(pointer, pointers):
    return any(pointer == one or pointer.startswith(one + "/") for one in pointers)


def ours(cratewright, old, new):
    """The operations that break on the wire, each with the codes that say so."""
    run = subprocess.run([cratewright, "diff", old, new, "--format", "json"], capture_output=True, text=True)
    report = json.loads(run.stdout)
    sides = {"old": operations(old), "new": operations(new)}
    broken = {}
    for change in report["changes"]:
        if not change["wire"].startswith("breaks"):
            continue
        operations_with_it = [one for one in change.get("consequences", []) if one["code"].startswith("operation-")]
        for place in [change, *change.get("more", []), *operations_with_it]:
            # What is there on both sides is the operation that callers of the old description know.
            side = "old" if place.get("old") else "new"
            if not place.get(side):
                continue
            pointer = place[side]["pointer"]
            for operation, pointers in sides[side].items():
                if is_within(pointer, pointers):
                    broken.setdefault(skeleton(operation), set()).add(change["code"])
    return broken


def theirs(specshift, old, new):
    command = [specshift, "diff", old, new, "--format", "json", "--fail-on", "none"]
    run = subprocess.run(command, capture_output=True, text=True)
    report = json.loads(run.stdout)
    known = [*operations(old), *operations(new)]
    broken = {}
    for change in report["changes"]:
        if change["severity"] != "breaking":
            continue
        where = change["location"].split(" > ")[0]
        named = [one for one in known if one == where or one.split(" ", 1)[1] == where]
        for operation in named or [where]:
            message = re.sub(r"[0-9]+", "N", re.sub("['`\"].*", "…", change["message"]))
            kind = f"{change['category']}: {message}"
            broken.setdefault(skeleton(operation), set()).add(kind)
    return broken


def as_json(path, folder):
    """A description as JSON, which is faster to read."""
    document = yaml.load(Path(path).read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    copy = Path(folder) / f"{Path(path).stem}.json"
    copy.write_text(json.dumps(document, default=str))
    return str(copy)


def main(folder):
    cratewright, specshift, known, *versions = sys.argv[1:]
    versions = [as_json(version, folder) for version in versions]
    reasons = [line.split("\t") for line in Path(known).read_text().splitlines() if line and not line.startswith("#")]
    used = set()
    wrong = agreed = 0
    for old, new in [*zip(versions, versions[1:]), *zip(versions[1:], versions)]:
        names = f"{Path(old).stem} to {Path(new).stem}"
        mine, others = ours(cratewright, old, new), theirs(specshift, old, new)
        agreed += len(mine.keys() & others.keys())
        for who, broken, rest in (("cratewright", mine, others), ("specshift", others, mine)):
            for operation in sorted(broken.keys() - rest.keys()):
                said = ", ".join(sorted(broken[operation]))
                fits = [index for index, (side, pattern, _) in enumerate(reasons)
                        if side == who and all(re.search(pattern, one) for one in broken[operation])]
                if fits:
                    used.update(fits)
                else:
                    wrong += 1
                    print(f"{names}: only {who}: {operation}: {said}")
        print(f"{names}: cratewright {len(mine)}, specshift {len(others)}, both {len(mine.keys() & others.keys())}")
    for index, reason in enumerate(reasons):
        if index not in used:
            wrong += 1
            print("no pair shows this disagreement:", "\t".join(reason))
    print(f"{agreed} operations that both call broken; {wrong} disagreements without a reason")
    sys.exit(1 if wrong else 0)


with tempfile.TemporaryDirectory() as folder:
    main(folder)
