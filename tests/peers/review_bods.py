"""Run by the interpreter that has libcovebods: what its checks say of a file of BODS, as JSON.

libcovebods is no dependency and is never imported by ours; it runs as a program of its own. Its
list of registers comes from org-id.guide; here it is the codes that are given, so that no test
needs the network.
"""

import json
import sys

import libcovebods.additionalfields
import libcovebods.config
import libcovebods.data_reader
import libcovebods.jsonschemavalidate
import libcovebods.run_tasks
import libcovebods.schema
from libcovebods.tasks.checks import legacy_checks, record_based_checks


def main() -> None:
    """Print the review of the file argv[1]; the other arguments are codes of registers."""
    path, *registers = sys.argv[1:]
    for module in (legacy_checks, record_based_checks):
        module.get_orgids_prefixes = lambda: registers
    data = libcovebods.data_reader.DataReader(path)
    config = libcovebods.config.LibCoveBODSConfig()
    schema = libcovebods.schema.SchemaBODS(data, config)
    checks = libcovebods.run_tasks.process_additional_checks(
        data, config, schema, libcovebods.run_tasks.TASK_CLASSES
    )
    invalid = libcovebods.jsonschemavalidate.JSONSchemaValidator(schema).validate(data)
    review = {
        "schema": [error.json() for error in invalid],
        "additional": libcovebods.additionalfields.AdditionalFields(schema).process(data),
        "checks": checks,
    }
    print(json.dumps(review, default=str))


main()
