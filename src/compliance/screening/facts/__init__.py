"""Facts: everything about a contract that can be looked up or computed, each typed and sourced."""
