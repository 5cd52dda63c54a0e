"""Tools for those who write policies: the formatter of their files and the index of the rules."""
