"""The engines: each module is the only one that imports its library, inside functions, in the worker process."""
