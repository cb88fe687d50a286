"""Pure rules of the data hub: sources, holdings, licences."""
