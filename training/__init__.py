"""How the embedded model is made. Needs the corpora of ``training/README.md``; Wenbao itself never imports this package."""
