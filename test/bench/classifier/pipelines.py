"""The Python side: the quickstart's pipeline on the texts of a JSON file, its figures as one JSON line per pipeline."""

import json
import resource
import sys
import time

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.multiclass import OneVsRestClassifier

PIPELINES = {
    "quickstart": lambda: LogisticRegression(C=10),
    "liblinear": lambda: OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear", dual=True)),
}


def measure(name, train, test):
    vectorizer = TfidfVectorizer(ngram_range=(1, 3))
    started = time.perf_counter()
    rows = vectorizer.fit_transform([text for text, _ in train])
    vectorised = time.perf_counter()
    model = PIPELINES[name]().fit(rows, [label for _, label in train])
    trained = time.perf_counter()
    labels = list(model.classes_)
    known = [(text, label) for text, label in test if label in labels]
    probabilities = model.predict_proba(vectorizer.transform([text for text, _ in known]))
    guesses = [labels[best] for best in probabilities.argmax(axis=1)]
    one_by_one = known[:50]
    asked = time.perf_counter()
    for text, _ in one_by_one:
        model.predict_proba(vectorizer.transform([text]))
    answered = time.perf_counter()
    return {
        "name": f"scikit-learn {sklearn.__version__}, {name}",
        "vectorise": vectorised - started,
        "train": trained - vectorised,
        "accuracy": accuracy_score([label for _, label in known], guesses) * len(known) / len(test),
        "logLoss": log_loss([label for _, label in known], probabilities, labels=labels),
        "microseconds": (answered - asked) / len(one_by_one) * 1e6,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    path, *names = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        texts = json.load(file)
    for name in names:
        print(json.dumps(measure(name, texts["train"], texts["test"])), flush=True)
