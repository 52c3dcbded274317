"""How Wenbao is measured: each table of ``benchmarks/*.md`` names the command that made it. Never imported by Wenbao."""
