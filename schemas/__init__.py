"""One pandera model per table: the only definition of a column (type, unit, description, checks).

``tables`` lists the base tables that a Reading fills, ``codelists`` the code lists and the people's
decisions; ``dictionary`` turns the models into CREATE TABLE with CHECK and COMMENT, and into the data
dictionary. Importing a model costs a second (pandera), so the pipeline does it only when needed.
"""
