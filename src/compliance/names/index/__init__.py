"""The lossless name index: what comparing with every listed name would find, without doing so."""
