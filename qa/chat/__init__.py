"""The page a reader sees. Knows how an answer looks; knows neither how it is found nor how it is served."""
