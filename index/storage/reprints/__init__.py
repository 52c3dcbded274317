"""Which passages print one report: near-duplicates of text, found when a source is taken in, grouped, never dropped.

    sketch    a text as 48 small numbers; the share of equal ones estimates how alike two texts are
    links     which of many sketches are alike, without comparing all with all
    grouping  the groups in the truth, kept exact when sources come and go
    reading   the printings of a report at one state

Alike texts may still speak of different days (a price list, a bulletin); whether two of them are one report is for the reader
of a group to decide.
"""
