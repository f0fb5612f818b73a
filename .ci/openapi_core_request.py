"""Requests as openapi-core reads them."""

from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, unquote, urlsplit

from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict


class Request:
    """A request to a URL."""

    def __init__(self, method, url, headers, body):
        url = urlsplit(url)
        self.host_url = f"{url.scheme}://{url.netloc}"
        self.path = unquote(url.path)
        self.path_pattern = None
        self.method = method.lower()
        headers = Headers(headers)
        cookies = dict(
            (name, unquote(morsel.value))
            for name, morsel in SimpleCookie(headers.get("cookie", "")).items()
        )
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(url.query, keep_blank_values=True)),
            header=headers,
            cookie=ImmutableMultiDict(cookies),
        )
        self.content_type = headers.get("content-type", "")
        self.body = body
