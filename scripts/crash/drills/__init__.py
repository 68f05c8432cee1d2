"""Ways to hurt a running Summa. Each drill starts it as a user does, hurts it, starts it again, and has the checker
judge."""
