#!/usr/bin/env python3
"""Has each request of a generated crate judged by openapi-core and by Prism.

usage: judge-requests.py DESCRIPTION PRISM EXPLAINED COMMAND...

COMMAND sends the requests to $MOCK_SERVER_URL. EXPLAINED lists the complaints that are not about the requests, one a
line: the name of the description, the judge, the method and path of the operation, and why.
"""

import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import yaml
from openapi_core import Config, OpenAPI
from openapi_core.deserializing.media_types.util import data_form_loads, json_loads
from openapi_core_request import Request
from werkzeug.datastructures import ImmutableMultiDict

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SERVER = "http://judge"
# Before each path: openapi-core would take the end of a longer path for a shorter one.
ROOT = "/root"
# Each operation is sent by the blocking client and by the async one.
CLIENTS = 2


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads YAML without dates, as OpenAPI has it."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in Loader.yaml_implicit_resolvers.items()
}


class Description:
    """A description with one server, where the path alone tells which operation a request is for.

    Keys of paths may have a query or a fragment, which neither judge takes: `/a?b=1` becomes `/a/b=1`, and a request for
    `/a?b=1&c=2` becomes one for `/a/b=1?c=2`. What has a fragment is told by the media type that it responds with.
    """

    def __init__(self, path):
        self.document = yaml.load(pathlib.Path(path).read_text(), Loader=Loader)
        self.document["servers"] = [{"url": SERVER}]
        self.operations, self.moved, paths = [], [], {}
        for template, item in self.document["paths"].items():
            item.pop("servers", None)
            operations = [(method.upper(), item[method]) for method in METHODS if method in item]
            plain, suffix = re.fullmatch(r"([^?#]*)(.*)", template).groups()
            if suffix:
                moved = plain + "/" + suffix[1:]
                pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(plain))
                types = {method: responds_with(operation) for method, operation in operations}
                self.moved.append((re.compile(pattern), suffix, types))
            paths[ROOT + (moved if suffix else template)] = item
            for method, operation in operations:
                operation.pop("servers", None)
                # Requests are judged, not responses.
                operation["responses"] = {"default": {"description": "Any"}}
                operation["x-key"] = f"{method} {template}"
                self.operations.append(f"{method} {template}")
        self.document["paths"] = paths

    def target(self, method, target, headers):
        """Returns the target of a request as the paths of this description have it."""
        url = urlsplit(target)
        for pattern, suffix, types in self.moved:
            if method not in types or not pattern.fullmatch(url.path):
                continue
            query, fixed = parse_qsl(url.query, keep_blank_values=True), parse_qsl(suffix[1:])
            accepted = {one.split(";")[0].strip() for one in headers.get("accept", "").split(",")}
            if suffix[0] == "?" and all(pair in query for pair in fixed):
                left = urlencode([pair for pair in query if pair not in fixed])
            elif suffix[0] == "#" and (not types[method] or types[method] & accepted):
                left = url.query
            else:
                continue
            return f"{ROOT}{url.path}/{suffix[1:]}" + (f"?{left}" if left else "")
        return ROOT + target


def without_header_lists(document):
    """Returns a copy of a description without headers that are lists: Prism ends by itself where one is not sent."""

    def is_list(parameter):
        while "$ref" in parameter:
            parameter = copy["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
        return parameter["in"] == "header" and parameter.get("schema", {}).get("type") == "array"

    copy = json.loads(json.dumps(document))
    for item in copy["paths"].values():
        for place in [item, *(item[method] for method in METHODS if method in item)]:
            if "parameters" in place:
                place["parameters"] = [one for one in place["parameters"] if not is_list(one)]
    return copy


def responds_with(operation):
    """Returns the media types of the responses of an operation that are no errors."""
    responses = [response for status, response in operation["responses"].items() if str(status).startswith("2")]
    return {media for response in responses for media in response.get("content", {})}


def text(value, **_parameters):
    """Reads a body of another media type as text, so that its schema can be applied."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def parts(value, **parameters):
    """Reads multipart/form-data with parts of text as text, so that their schemas can be applied."""
    form = data_form_loads(value, **parameters)
    return ImmutableMultiDict([(name, part.decode("utf-8", "replace")) for name, part in form.items(multi=True)])


class Judges:
    """What the judges say about the requests to the operations of one description."""

    def __init__(self, path, explained):
        self.name = pathlib.Path(path).stem
        self.description = Description(path)
        self.explained = set()
        for line in pathlib.Path(explained).read_text().splitlines():
            name, judge, method, template, _why = line.split(None, 4)
            if name == self.name:
                self.explained.add((judge, f"{method} {template}"))
        self.received = Counter()
        self.complaints = {}
        self.unknown = []
        self.lock = threading.Lock()
        media_types = re.findall(r'"([\w.-]+/[\w.+-]+)": \{', json.dumps(self.description.document))
        own_readers = ("application/json", "application/x-www-form-urlencoded", "application/xml")
        readers = {one: json_loads if one.endswith("+json") else text for one in media_types if one not in own_readers}
        readers["multipart/form-data"] = parts
        config = Config(spec_validator_cls=None, extra_media_type_deserializers=readers)
        self.openapi = OpenAPI.from_dict(self.description.document, config=config)
        self.prism_url = None

    def openapi_core(self, request):
        """Returns the operation that is meant, and what openapi-core says against the request."""
        try:
            found = self.openapi.request_validator._find_path(request)
        except Exception as error:
            return None, repr(error)
        operation = (found.operation / "x-key").read_str()
        try:
            return operation, "; ".join(said(error) for error in self.openapi.iter_request_errors(request))
        except Exception as error:
            return operation, f"cannot judge it: {error!r}"

    def prism(self, method, target, headers, body):
        """Returns what Prism says against the request."""
        request = urllib.request.Request(self.prism_url + target, data=body or None, method=method)
        for name, value in headers.items():
            if name.lower() not in ("host", "connection", "content-length", "accept-encoding"):
                request.add_header(name, value)
        for _ in range(3):
            try:
                with urllib.request.urlopen(request, timeout=60):
                    return ""
            except urllib.error.HTTPError as error:
                answer = error.read().decode(errors="replace")
                if error.code == UPSTREAM_STATUS:
                    return ""
            # The connection behind Prism failed, which says nothing of the request.
            if "FetchError" not in answer:
                break
        return answer

    def judge(self, method, target, headers, body):
        """Has a request judged, and returns what is said against it."""
        target = self.description.target(method, target, headers)
        request = Request(method, SERVER + target, headers.items(), body)
        operation, complaint = self.openapi_core(request)
        other = self.prism(method, target, headers, body)
        with self.lock:
            if operation is None:
                self.unknown.append(f"{method} {target}: {complaint}")
                return complaint
            self.received[operation] += 1
            for judge, text in (("openapi-core", complaint), ("prism", other)):
                if text:
                    self.complaints.setdefault((judge, operation), text)
        return complaint or other

    def report(self):
        """Prints the outcome, and returns whether it is a good one."""
        operations = self.description.operations
        missing = [one for one in operations if self.received[one] < CLIENTS and ("none", one) not in self.explained]
        new = {key: text for key, text in self.complaints.items() if key not in self.explained}
        gone = [key for key in self.explained if key[0] != "none" and key not in self.complaints]
        gone += [key for key in self.explained if key[0] == "none" and self.received[key[1]]]
        for one in self.unknown:
            print(f"of no operation: {one}")
        for (judge, operation), text in new.items():
            print(f"{self.name} {judge} {operation}\n    {text[:2000]}")
        for operation in missing:
            print(f"not sent by both clients: {operation}")
        for judge, operation in gone:
            print(f"explained, but it is not so: {judge} {operation}")
        sent = sum(self.received[one] >= CLIENTS for one in operations)
        print(
            f"{self.name}: {sent} of {len(operations)} operations sent by both clients,"
            f" {len(new)} complaints, {len(self.complaints) - len(new)} explained ones"
        )
        return not (missing or new or gone or self.unknown)


def said(error):
    """Returns the text of an error with its causes."""
    texts = []
    while error is not None:
        texts.append(str(error)[:500])
        texts += [f"at {'/'.join(map(str, one.path))}: {one.message[:300]}" for one in getattr(error, "schema_errors", ())]
        error = error.__cause__
    return ", ".join(texts)


class Handler(BaseHTTPRequestHandler):
    """Answers every request alike, without a body."""

    protocol_version = "HTTP/1.1"

    def handle_one(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        while "chunked" in self.headers.get("transfer-encoding", "") and (size := int(self.rfile.readline(), 16)):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.send_response(self.status(body))
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_PUT = do_POST = do_DELETE = do_OPTIONS = do_HEAD = do_PATCH = do_TRACE = handle_one

    def log_message(self, *arguments):
        pass


# The response of the server behind Prism, which no description has.
UPSTREAM_STATUS = 418


class Upstream(Handler):
    # Without connections that are kept, Prism never sends on one that is being closed.
    protocol_version = "HTTP/1.0"

    def status(self, _body):
        return UPSTREAM_STATUS


class Bench(Handler):
    judges = None

    def status(self, body):
        try:
            complaint = self.judges.judge(self.command, self.path, self.headers, body)
        except Exception as error:
            self.judges.unknown.append(f"{self.command} {self.path}: {error!r}")
            return 400
        return 422 if complaint else UPSTREAM_STATUS


def served(handler):
    """Starts a server, and returns its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def started(prism, description, log):
    """Starts Prism as a proxy, which judges requests and makes up no responses, and returns it with its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [prism, "proxy", "--errors", "--host", "127.0.0.1", "--port", str(port), description, served(Upstream)]
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "NO_COLOR": "1"})
    for _ in range(300):
        if "Prism is listening" in pathlib.Path(log.name).read_text(errors="replace"):
            return process, f"http://127.0.0.1:{port}"
        if process.poll() is not None:
            break
        time.sleep(0.2)
    process.kill()
    sys.exit(f"Prism did not start:\n{pathlib.Path(log.name).read_text(errors='replace')}")


def main():
    path, prism, explained, *command = sys.argv[1:]
    judges = Bench.judges = Judges(path, explained)
    with tempfile.TemporaryDirectory() as folder:
        description = pathlib.Path(folder, "description.json")
        description.write_text(json.dumps(without_header_lists(judges.description.document)))
        with open(pathlib.Path(folder, "prism.log"), "w") as log:
            process, judges.prism_url = started(prism, str(description), log)
            try:
                # Every request gets an error, so that the status of the command says nothing.
                environment = {**os.environ, "MOCK_SERVER_URL": served(Bench), "MOCK_SERVER_READS_LISTS": "1"}
                outcome = subprocess.run(command, env=environment, capture_output=True, check=False)
            finally:
                process.terminate()
                process.wait()
                prism_log = pathlib.Path(log.name).read_text(errors="replace")
    if process.returncode > 0:
        print(f"Prism ended by itself:\n{prism_log[-3000:]}")
    if not judges.received:
        sys.stdout.buffer.write(outcome.stdout[-5000:] + outcome.stderr[-5000:])
    sys.exit(not judges.report())


main()
