# A shell that does nothing: what every script pays at any rate.
