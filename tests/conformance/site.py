"""A served site, asked by its addresses as any client would."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.factories.city import City
from tests.factories.filter_layers import FilterLayers


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media_type(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    def links(self, rel: str) -> list[dict[str, str]]:
        return [link for link in self.json["links"] if link["rel"] == rel]


class Site:
    """``api`` is the address of the landing page, with the slash at its end."""

    def __init__(self, port: int, city: City | FilterLayers) -> None:
        self.city = city
        self.host = f"127.0.0.1:{port}"
        self.api = f"http://{self.host}/api/"

    def ask(
        self, address: str, method: str = "GET", accept: str | None = None, **parameters: Any
    ) -> Answer:
        """Return the answer of a full address, or of a path under the API."""
        parts = urlsplit(address if address.startswith("http") else self.api + address)
        query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
        client = http.client.HTTPConnection(parts.netloc, timeout=10)
        try:
            path = f"{parts.path}?{query}" if query else parts.path
            client.request(method, path, headers={} if accept is None else {"Accept": accept})
            response = client.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, response.read())
        finally:
            client.close()

    def read(self, address: str, **parameters: Any) -> Answer:
        """Return an answer that must be a good one."""
        answer = self.ask(address, **parameters)
        assert answer.status == 200, answer.body[:500]
        return answer

    def parameters(self, path: str) -> dict[str, Any]:
        """Return the parameters of a path of the definition, by name, references followed."""
        definition = self.read("openapi").json
        shared = definition["components"].get("parameters", {})
        found = (
            shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            for one in definition["paths"][path]["get"]["parameters"]
        )
        return {one["name"]: one for one in found}
