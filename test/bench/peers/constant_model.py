"""The constant Choices model on label-studio-ml of 2023: gunicorn constant_model:app"""

import os
from uuid import uuid4

from label_studio_ml.api import init_app
from label_studio_ml.model import LabelStudioMLBase


class Constant(LabelStudioMLBase):
    def predict(self, tasks, **kwargs):
        return [
            {
                "result": [
                    {
                        "id": uuid4().hex[:10],
                        "from_name": "sentiment",
                        "to_name": "text",
                        "type": "choices",
                        "value": {"choices": ["Positive"]},
                        "score": 0.5,
                    }
                ],
                "score": 0.5,
                "model_version": "0.0.1",
            }
            for _ in tasks
        ]


app = init_app(model_class=Constant, model_dir=os.environ["MODEL_DIR"])
