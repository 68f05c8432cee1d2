"""Every connection to PostgreSQL ended by pg_terminate_backend under load."""

from .pgstop import on_postgres
from .postgres import obstacle

__all__ = ["obstacle", "run"]


def run(summa, rounds, seed):
    return on_postgres("pgcut", summa, rounds, seed, lambda postgres, moments: postgres.cut_connections())
