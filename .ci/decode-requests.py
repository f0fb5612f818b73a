#!/usr/bin/env python3
"""Decodes requests by their descriptions with openapi-core, and compares the values with those that were sent.

usage: decode-requests.py REQUESTS DESCRIPTIONS
"""

import datetime
import json
import pathlib
import sys
import uuid

import yaml
from openapi_core import Config, OpenAPI
from openapi_core_request import Request


def plain(value):
    """Returns a value as JSON has it."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, (datetime.date, uuid.UUID)):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value


def judge(path):
    """Loads a description; openapi-core wants the style `matrix` in the template of the path."""
    description = yaml.safe_load(path.read_text())
    paths = {}
    for template, item in description["paths"].items():
        operations = (one for one in item.values() if isinstance(one, dict))
        for parameter in (each for one in operations for each in one.get("parameters", [])):
            if parameter.get("style") == "matrix":
                name, star = parameter["name"], "*" if parameter.get("explode") else ""
                template = template.replace(f"{{{name}}}", f"{{;{name}{star}}}")
        paths[template] = item
    description["paths"] = paths
    return OpenAPI.from_dict(description, config=Config(spec_validator_cls=None))


def missing(sent, decoded):
    """Returns what of the sent values was not decoded as it was sent."""
    if isinstance(sent, dict) and isinstance(decoded, dict):
        found = {}
        for key, value in sent.items():
            if key not in decoded:
                found[key] = "is missing"
            elif (inner := missing(value, decoded[key])) is not None:
                found[key] = inner
        return found or None
    return None if sent == decoded else f"is {decoded!r}, was {sent!r}"


def main():
    requests, folder = sys.argv[1:]
    cases = json.loads(pathlib.Path(requests).read_text())
    judges, wrong = {}, []
    for case in cases:
        name = case["description"]
        try:
            if name not in judges:
                judges[name] = judge(pathlib.Path(folder, f"{name}.yaml"))
            result = judges[name].unmarshal_request(
                Request(case["method"], case["url"], case["headers"], case["body"].encode())
            )
        except Exception as error:
            wrong.append(f"{case['method']} {case['url']}\n  {error!r}")
            continue
        parameters = result.parameters
        decoded = {
            "path": plain(parameters.path),
            "query": plain(parameters.query),
            "header": plain(parameters.header),
            "cookie": plain(parameters.cookie),
            "body": plain(result.body),
        }
        found = missing(case["values"], decoded)
        errors = [repr(error.__cause__ or error) for error in result.errors]
        if found:
            wrong.append(f"{case['method']} {case['url']}\n  {found}\n  {errors}")
    print(f"{len(cases) - len(wrong)} of {len(cases)} requests were decoded to the values that were sent")
    for one in wrong:
        print(one)
    sys.exit(bool(wrong))


main()
