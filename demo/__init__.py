"""A fictional council to try the project out: two years of scorecards and returns, with faults planted on purpose.

    make demo

``council/*.csv`` holds everything that is said of the council; ``council/planted.csv`` lists every planted fault
with the view and the row where it has to show. The documents are made with libraries that every user has.
"""
