"""An archive on Milvus, for what outgrows one machine. Why it is made so: docs/adr/0017-archives-on-milvus.md.

    address    milvus://host:port/name and what the environment adds
    client     the connection, its errors in one line, collections by short names
    lite       Milvus Lite in this process
    schema     the collections and their indexes
    keys       numbers for names and tokens: no text ever stands in a filter
    rows       a source as rows, rows as records
    bm25       lexical scores by inner product
    counts     in how many passages each token stands
    printings  which passages print one report
    commit     the one row that makes a change visible
    reading    what was printed, at one moment
    searching  both legs, at one moment
    lease      one writer at a time
    writing    the writer; with namesakes, pending, remaking, counting, sweeping
    checking   what `check` looks at
    engine     all of it together

Needs ``pip install "wenbao[milvus]"``; pymilvus is imported by the first call that connects.
"""
