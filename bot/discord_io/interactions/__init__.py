"""Commands, buttons and forms: what people press becomes a call of a service, and its answer text.

`tree` and `syncing` hold the commands, `presses` keeps buttons and forms alive over restarts,
`answers` is what somebody sees; the other modules read options and write panels.
"""
