"""``python -m index``."""

from index.cli import app

if __name__ == "__main__":
    app(prog_name="index")
