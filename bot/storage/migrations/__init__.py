"""The schema's history: one file per step, applied in order, never changed once released.

A step is written in SQL, in ``op.execute``. SQLite changes most of a table only by building it
anew: create ``new_name``, fill it from the old one, drop the old one, rename. Foreign keys are off
meanwhile and are checked before the commit, so rows that refer to the table stay.
``op.batch_alter_table`` is not used: it drops CHECK constraints without a name, and STRICT.
"""
