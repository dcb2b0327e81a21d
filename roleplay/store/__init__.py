"""Where sessions are kept: the journal, the words, the drafts, on disk and durable."""
