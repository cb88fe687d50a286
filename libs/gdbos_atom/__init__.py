"""The data element at work, without a framework: identifiers, formats and the validation of documents.

Pure and usable alone: standard library, jsonschema-rs and gdbos_contracts, no input or output but `cli`.
"""
