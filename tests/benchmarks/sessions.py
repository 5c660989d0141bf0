"""Sessions of the app without a browser: what a further one takes, and many at once.

A session speaks Streamlit's own messages over a websocket, as a browser does, and as soon as the
map's element comes it asks for the marks.
"""

from __future__ import annotations

import statistics
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from serving import memory_mb, processor_seconds
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

MARKS = "bounds=-60,-180,75,180&level=3.0"
AT_ONCE = 10
FURTHER = 20


class Session:
    """One visit to the app."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.types = ""
        self.pool = ThreadPoolExecutor(1)
        self.socket = connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            origin=f"http://{host}",
        )
        self.run("")

    def run(self, choice: str) -> tuple[float, float]:
        """Run the page, with an event type chosen; return the seconds to its map and to its end."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        if choice:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.types
            state.string_array_value.data.append(choice)
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        asked = None
        while True:
            answer = ForwardMsg.FromString(self.socket.recv())
            element = answer.delta.new_element.multiselect
            if element.label == "Event types":
                self.types, self.options = element.id, list(element.options)
            if answer.delta.new_element.WhichOneof("type") == "component_instance" and not asked:
                asked = self.pool.submit(self.ask_for_marks)
            if answer.WhichOneof("type") == "script_finished":
                break
        seconds = time.perf_counter() - start
        drawn = asked.result() - start if asked else seconds
        return drawn, max(drawn, seconds)

    def ask_for_marks(self) -> float:
        """Ask for the map's marks; return when they came."""
        with urllib.request.urlopen(f"http://{self.host}/map/marks?{MARKS}") as marks:
            marks.read()
        return time.perf_counter()

    def choose(self, number: int) -> tuple[float, float]:
        """Choose one of the event types that are offered; return what `run` does."""
        return self.run(self.options[number % len(self.options)])


def measure_sessions(host: str, pid: int) -> None:
    """Print the memory of a further session and the answer of ten at once."""
    sessions = [Session(host) for _ in range(AT_ONCE)]
    before, _ = memory_mb(pid)
    sessions += [Session(host) for _ in range(FURTHER)]
    after, _ = memory_mb(pid)
    print(f"  a further session         {(after - before) / FURTHER:6.2f} MB")
    first = sessions[:AT_ONCE]
    before_rounds = processor_seconds(pid)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        rounds = [
            list(pool.map(Session.choose, first, range(step, step + AT_ONCE))) for step in range(3)
        ]
    maps, pages = zip(*(both for one in rounds for both in one), strict=True)
    own = (processor_seconds(pid) - before_rounds) / len(rounds)
    print(
        f"  {AT_ONCE} sessions at once       {statistics.median(maps):6.2f} s to the map, the "
        f"slowest {max(maps):.2f} s; the whole page {statistics.median(pages):.2f} and "
        f"{max(pages):.2f} s ({own:.2f} s of the server's processor)",
        flush=True,
    )
    for session in sessions:
        session.socket.close()
