"""From a source file to a staged edition and its issues. Start with `pipeline`."""
