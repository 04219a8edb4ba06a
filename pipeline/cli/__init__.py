"""The command: argv → Config → run → exit code. Only here is anything printed."""
