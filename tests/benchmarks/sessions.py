"""Sessions of the app without a browser: what a further one takes, and many at once.

A session speaks Streamlit's own messages over a websocket, as a browser does, and after each
change of a filter asks for the map's marks.
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
        self.socket = connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            origin=f"http://{host}",
        )
        self.run("")

    def run(self, choice: str) -> float:
        """Run the page, with an event type chosen, ask for its marks; return the seconds."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        if choice:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.types
            state.string_array_value.data.append(choice)
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self.socket.recv())
            element = answer.delta.new_element.multiselect
            if element.label == "Event types":
                self.types, self.options = element.id, list(element.options)
            if answer.WhichOneof("type") == "script_finished":
                break
        with urllib.request.urlopen(f"http://{self.host}/map/marks?{MARKS}") as marks:
            marks.read()
        return time.perf_counter() - start

    def choose(self, number: int) -> float:
        """Choose one of the event types that are offered; return the seconds."""
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
    seconds = [second for one in rounds for second in one]
    own = (processor_seconds(pid) - before_rounds) / len(rounds)
    print(
        f"  {AT_ONCE} sessions at once       {statistics.median(seconds):6.2f} s, "
        f"the slowest {max(seconds):.2f} s ({own:.2f} s of the server's processor)",
        flush=True,
    )
    for session in sessions:
        session.socket.close()
