"""Small libraries in C that stand between a process and the system, compiled when they are needed."""

import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def compiler():
    """The machine's C compiler, or the one that comes with Swift; None without either."""
    return shutil.which("cc") or shutil.which("clang")


def compiled(name, directory):
    """The path of `name`.c as a library, in a directory of the drill's."""
    library = os.path.join(directory, f"{name}.so")
    subprocess.run(
        [compiler(), "-O1", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", library, os.path.join(HERE, f"{name}.c"), "-ldl",
         "-lpthread"], check=True)
    return library
