"""The sandbox provider by itself, as another company is: it goes on when a server dies, and calls back at an address that
leads to one that lives.
"""

import glob
import os
import re
import subprocess
import urllib.parse


class Sandbox:
    """Takes the place of the one that a server has started beside itself: the same port, file and secrets."""

    def __init__(self, server, callbacks_to):
        address = re.search(r"the sandbox provider on http://([\d.:]+\d)", server.text()).group(1)
        secrets = environment_of_sandbox(server.process.pid)
        server.stop()
        path = urllib.parse.urlsplit(secrets["SANDBOX_CALLBACK_URL"]).path
        secrets["SANDBOX_CALLBACK_URL"] = f"http://{callbacks_to}{path}"
        # Its lifeline is our end of its input.
        self.process = subprocess.Popen(
            [server.summa, "sandbox", "--data", os.path.join(server.data, "sandbox"), "--listen", address, "--until-input-ends"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **secrets})
        if not self.process.stdout.readline():
            raise RuntimeError(f"the sandbox did not start on {address}")

    def close(self):
        self.process.kill()
        self.process.communicate()


def environment_of_sandbox(parent):
    """What a server told the sandbox it started: the secrets of the contract, which nobody else is told."""
    for file in glob.glob(f"/proc/{parent}/task/*/children"):
        with open(file, encoding="ascii") as children:
            for child in children.read().split():
                with open(f"/proc/{child}/environ", "rb") as environment:
                    told = dict(entry.split("=", 1) for entry in environment.read().decode().split("\0") if "=" in entry)
                if "SANDBOX_API_KEY" in told:
                    return {name: value for name, value in told.items() if name.startswith("SANDBOX_")}
    raise RuntimeError("the server has no sandbox beside it")
