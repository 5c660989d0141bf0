"""What the app's server is told beyond Streamlit's settings."""

from __future__ import annotations

import socket
import sys

import pytest

from dashboard.serving import answer_at_once


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds answers back")
def test_a_connection_to_a_socket_that_listens_already_sends_at_once():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with socket.create_connection(listening.getsockname()):
            held_back, _ = listening.accept()
        assert not held_back.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        held_back.close()
        answer_at_once()
        with socket.create_connection(listening.getsockname()):
            sent, _ = listening.accept()
        assert sent.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        sent.close()
        assert listening.fileno() >= 0


def test_files_and_other_descriptors_are_left_alone(tmp_path):
    with (tmp_path / "file").open("w") as file:
        answer_at_once()
        file.write("still open")
    assert (tmp_path / "file").read_text() == "still open"
