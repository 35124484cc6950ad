"""One JSON string a line in, what the reference parser makes of it out: {"parsed": …} or {"error": …}."""

import json
import logging
import sys

from label_studio_sdk._extensions.label_studio_tools.core.label_config import parse_config

logging.disable(logging.CRITICAL)
for line in sys.stdin:
    try:
        answer = json.dumps({"parsed": parse_config(json.loads(line))})
    except Exception as error:
        answer = json.dumps({"error": f"{type(error).__name__}: {error}"})
    print(answer)
