"""Where an archive is kept. SQLite holds the truth; tantivy and FAISS are derived from it and can always be made anew.

    database   the file, its tables, how it is opened, what its errors mean
    store      the one writer: a transaction a source
    snapshot   reading at one sequence
    filters    what a Filter means, alike for both legs
    lexical    BM25 over tokens (tantivy)
    dense      inner product over vectors (FAISS)
    derived    both legs on disk: generations, checksums, catching up
    reader     pins a snapshot and legs that fit it, for many threads
    lock       one writer at a time
    inspection what `check` looks at

Knows nothing of files, pages or models: it is given parsed issues, tokens and vectors.
"""
