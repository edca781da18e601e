# A shell that does nothing: the cost of any script.
