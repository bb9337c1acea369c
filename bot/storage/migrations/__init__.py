"""The schema's history: one file per step, applied in order, never changed once released."""
