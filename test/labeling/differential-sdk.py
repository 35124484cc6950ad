"""One case a line in, what the reference SDK makes of it out: validation messages, masks encoded and decoded, labels."""

import json
import logging
import sys

import numpy
from label_studio_sdk.converter.brush import decode_rle, encode_rle, mask2rle
from label_studio_sdk.label_interface import LabelInterface

logging.disable(logging.CRITICAL)
interfaces = {}


def interface(config):
    if config not in interfaces:
        interfaces[config] = LabelInterface(config)
    return interfaces[config]


def validate(case):
    errors = interface(case["config"]).validate_prediction(case["prediction"], return_errors=True)
    return [part for error in errors for part in (error if isinstance(error, list) else [error])]


def labels(case):
    parsed = interface(case["config"])
    try:
        first = list(parsed.get_first_tag_occurence(tuple(case["controls"]), tuple(case["objects"])))
    except ValueError:
        first = None
    # Of controls without labels the SDK has nothing here.
    return {"labels": {name: list(known) for name, known in parsed.labels.items()} if isinstance(parsed.labels, dict)
            else {control.name: list(control.labels or []) for control in parsed.controls}, "first": first}


ANSWERS = {
    "validate": validate,
    "labels": labels,
    "mask": lambda case: mask2rle(numpy.array(case["mask"], dtype=numpy.uint8)),
    "words": lambda case: encode_rle(numpy.array(case["words"], dtype=numpy.uint8)),
    "decode": lambda case: decode_rle(case["rle"]).tolist(),
}

for line in sys.stdin:
    case = json.loads(line)
    try:
        answer = ANSWERS[case["ask"]](case)
    except Exception as error:
        answer = [f"raised {type(error).__name__}: {error}"]
    print(json.dumps(answer))
