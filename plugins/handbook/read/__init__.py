"""Reading: YAML files with positions become typed records that know where they came from."""
