"""Options that several commands share, spelled once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from index.cli.running import DEFAULT_ARCHIVE as DEFAULT_ARCHIVE
from index.cli.running import ArchiveFolder as ArchiveFolder
from index.cli.running import examples as examples
from qa.cite import Edition

Shape = Literal["text", "json", "gbt7714", "bibtex", "ris", "csl", "csv"]

Question = Annotated[
    str, typer.Argument(metavar="QUESTION", help="What you want to know; - reads it from standard input.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="The model that the archive was made by, if not the embedded one."),
]
Form = Annotated[
    Shape,
    typer.Option("--format", help="text, json, or references: gbt7714, bibtex, ris, csl (CSL-JSON), csv (one row a quote)."),
]
Style = Annotated[Edition, typer.Option("--style", help="Edition of GB/T 7714 for references.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin with a byte order mark, so that Excel reads CSV as UTF-8.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write into this file instead of standard output.")]

Llm = Annotated[
    bool, typer.Option("--llm", help="Let a language model write an answer from the quotes as well; see docs/language-model.md.")
]
LlmUrl = Annotated[
    str | None,
    typer.Option(
        "--llm-url", envvar="WENBAO_LLM_URL", metavar="URL", help="OpenAI-compatible server, such as http://127.0.0.1:11434/v1."
    ),
]
LlmModel = Annotated[str | None, typer.Option("--llm-model", envvar="WENBAO_LLM_MODEL", metavar="NAME", help="Its model.")]
LlmPrice = Annotated[
    str | None,
    typer.Option("--llm-price", envvar="WENBAO_LLM_PRICE", metavar="IN,OUT", help="Its price for a million tokens in and out."),
]
