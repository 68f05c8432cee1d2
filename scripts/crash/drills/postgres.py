"""A PostgreSQL server of the drill's own, made by scripts/postgres, that is stopped as by a crash and started again."""

import os
import shutil
import subprocess
import time

SCRIPTS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRIPT = os.path.join(SCRIPTS, "postgres")
READY_SECONDS_MAX = 60


def obstacle(summa):
    """Why no drill on PostgreSQL can be done; None when it can."""
    if not os.path.exists(SCRIPT):
        return "there is no scripts/postgres"
    if not shutil.which("psql"):
        return "there is no psql"
    told = subprocess.run([summa, "serve", "--help"], capture_output=True, text=True).stdout
    return None if "--store" in told else "this summa keeps its books in SQLite only"


class PostgreSQL:
    """Used in a `with`: started at its beginning, removed at its end."""

    def __init__(self, directory, port=None):
        """`port`: on this machine's own address, besides the socket in the directory."""
        self.directory = directory
        self.port = port
        self.url = None

    def __enter__(self):
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1"] if self.port else []
        made = subprocess.run([SCRIPT, "start", self.directory, *settings], check=True, capture_output=True, text=True)
        self.url = made.stdout.strip().split("\n")[-1] + (f"&port={self.port}" if self.port else "")
        return self

    def __exit__(self, *_):
        subprocess.run([SCRIPT, "stop", self.directory], check=False, capture_output=True)

    def migrate(self, summa):
        """Makes the schema, which serving does not."""
        subprocess.run([summa, "migrate", "--store", self.url], check=True, stdout=subprocess.DEVNULL)

    def crash(self):
        """Every server process ends at once, without a word to its clients and without a checkpoint."""
        self.control("--mode=immediate", "stop")

    def restart(self):
        """Recovers from its log. Answers once connections are taken."""
        self.control("--log=" + os.path.join(self.directory, "log"), "--wait", "--timeout=60", "start")
        deadline = time.monotonic() + READY_SECONDS_MAX
        while self.ask("SELECT 1") is None:
            if time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL does not take connections")
            time.sleep(0.1)

    def cut_connections(self):
        """Ends every other session. Answers how many."""
        return int(self.ask(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'") or 0)

    def ask(self, query):
        """The single value a query answers; None where there was none."""
        run = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-d", self.url, "-c", query], capture_output=True, text=True)
        return run.stdout.strip() if run.returncode == 0 else None

    def control(self, *arguments):
        programs = sorted(os.listdir("/usr/lib/postgresql"), key=int)[-1]
        command = [f"/usr/lib/postgresql/{programs}/bin/pg_ctl", f"--pgdata={self.directory}/data", "--silent", *arguments]
        if os.geteuid() == 0:
            owner = subprocess.run(["stat", "-c", "%U", f"{self.directory}/data"], capture_output=True, text=True, check=True)
            command = ["runuser", "-u", owner.stdout.strip(), "--", *command]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)
