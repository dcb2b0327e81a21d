"""From sound to written lines, on this machine: finding speech, engines, models, and the process that does it.

An engine is imported only inside the worker process, which runs at low priority.
"""
