"""A knowledge graph of policy slogans, from the reports that use them."""
