"""Controls Chromium over its debugging pipe, with Python's standard library only."""
import json
import os
import select
import subprocess
import time


class Browser:
    def __init__(self, program, folder):
        to_read, self.write_end = os.pipe()
        self.read_end, from_write = os.pipe()

        def place():
            # The browser reads commands from descriptor 3 and answers on descriptor 4.
            os.dup2(to_read, 103)
            os.dup2(from_write, 104)
            os.dup2(103, 3)
            os.dup2(104, 4)

        self.process = subprocess.Popen(
            [
                program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--remote-debugging-pipe", "--disable-background-networking",
                "--disable-component-update", "--hide-scrollbars",
                # Requests of pages never leave this machine.
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + os.path.join(folder, "profile"), "about:blank",
            ],
            preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.buffer = b""
        self.number = 0
        self.events = []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = [t for t in targets if t["type"] == "page"][0]
        self.session = self.call(
            "Target.attachToTarget", {"targetId": page["targetId"], "flatten": True})["sessionId"]

    session = None

    def call(self, method, params=None, timeout=30):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params or {}}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + timeout
        while True:
            answer = self.next(end - time.monotonic())
            if answer is None:
                raise SystemExit(f"the browser did not answer {method}")
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def next(self, timeout):
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.read_end], [], [], max(0, timeout))
            if not ready:
                return None
            data = os.read(self.read_end, 1 << 16)
            if not data:
                return None
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def wait_for(self, event, timeout=30):
        end = time.monotonic() + timeout
        while not any(e.get("method") == event for e in self.events):
            message = self.next(end - time.monotonic())
            if message is None:
                raise SystemExit(f"the browser never said {event}")
            self.events.append(message)

    def evaluate(self, expression):
        result = self.call(
            "Runtime.evaluate",
            {"expression": expression, "returnByValue": True, "awaitPromise": True})
        if "exceptionDetails" in result:
            raise SystemExit(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def load(self, address):
        self.events = [e for e in self.events if e.get("method") != "Page.loadEventFired"]
        self.call("Page.navigate", {"url": "about:blank"})
        self.wait_for("Page.loadEventFired")
        self.events = [e for e in self.events if e.get("method") != "Page.loadEventFired"]
        self.call("Page.navigate", {"url": address})
        self.wait_for("Page.loadEventFired")
        self.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def key(self, key):
        for kind in ["rawKeyDown", "keyUp"]:
            code = {"ArrowRight": 39, "ArrowLeft": 37, "ArrowDown": 40, "Home": 36, "End": 35}[key]
            self.call(
                "Input.dispatchKeyEvent",
                {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code})

    def point(self, x, y, press=False):
        self.call("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
        if press:
            for kind in ["mousePressed", "mouseReleased"]:
                self.call(
                    "Input.dispatchMouseEvent",
                    {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})

    def close(self):
        self.process.terminate()
        self.process.wait()
