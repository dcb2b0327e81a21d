"""A server that hands out models, and engines of which only the lists are installed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest
from handing_out import Server, serving
from made_up_models import install_lists


@pytest.fixture(name="server")
def server_fixture(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as server:
        yield server


@pytest.fixture
def packages(server: Server, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines are installed, as far as their lists of models go."""
    site = tmp_path_factory.mktemp("site")
    install_lists(site, server)
    monkeypatch.syspath_prepend(str(site))


@pytest.fixture
def hub(server: Server) -> dict[str, bytes]:
    """The server is a hub with one converted model, whose files these are."""
    files = {"config.json": b"{}", "vocabulary.json": b"[]", "tokenizer.json": b"{ }", "model.bin": server.content}
    told = [{"rfilename": name, "size": len(content), **_checksum(content)} for name, content in files.items()]
    told.append({"rfilename": "README.md", "size": 1, "blobId": "-"})
    repository = "Maker/faster-whisper-base"
    server.pages = {f"/{repository}/resolve/c0ffee/{name}": content for name, content in files.items()}
    server.pages[f"/api/models/{repository}/revision/main?blobs=true"] = json.dumps(
        {"sha": "c0ffee", "siblings": told}
    ).encode()
    return files


def _checksum(content: bytes) -> dict[str, object]:
    if len(content) > 100:
        return {"blobId": "-", "lfs": {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}}
    return {"blobId": hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()}
