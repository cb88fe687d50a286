"""BPMN 2.0 files: read, kept whole, written again."""
