"""How the reader of ``qa/reader`` is made: questions, network, learning, writing. Wenbao itself never imports this package."""
