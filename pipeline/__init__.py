"""A council's quarterly scorecards and Excel returns, read into one warehouse.

The way of the data: ``documents`` registers what lies in raw/; each document by itself goes through
``extract`` (cells with places, no meaning), ``interpret`` (lines, values, periods, measures) and ``validate``
(rows that keep their schemas) and becomes a Reading, which is kept by content; ``load`` builds a new
warehouse of all Readings, with views and checks in SQL, and swaps it in; ``report`` says what is wrong and
what to do. ``run`` is that way on one page.
"""
