"""The engine: commands are decided, events folded into a state, and each person sees what is meant for them."""
