"""Prints src/test/resources/weft/core/metric/quality.json: contingency tables and what scikit-learn says of them.

python3 core/src/test/python/metric_fixtures.py > core/src/test/resources/weft/core/metric/quality.json
"""
import json

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn import metrics


def case(name, table):
    """One line of the fixture; rows are clusters, columns are classes."""
    table = np.asarray(table, dtype=np.int64)
    cells = np.argwhere(table > 0)
    labels = np.repeat(cells, table[table > 0], axis=0)
    clusters, classes = labels[:, 0], labels[:, 1]
    homogeneity, completeness, v = metrics.homogeneity_completeness_v_measure(classes, clusters)
    return {
        "name": name,
        "table": table.tolist(),
        "accuracy": table.max(axis=1).sum() / table.sum(),
        "accuracyHungarian": table[linear_sum_assignment(table, maximize=True)].sum() / table.sum(),
        "homogeneity": homogeneity,
        "completeness": completeness,
        "vMeasure": v,
        "nmi": metrics.normalized_mutual_info_score(classes, clusters, average_method="arithmetic"),
        "ari": metrics.adjusted_rand_score(classes, clusters),
    }


def cases():
    for seed in (1, 2, 3):
        random = np.random.default_rng(seed)
        for k in (2, 3, 10, 17, 64):
            yield case(f"uniform k={k} seed={seed}", random.integers(0, 30, (k, 10)))
            # Sizes over four orders of magnitude, most cells empty.
            skewed = np.floor(random.pareto(0.6, (k, 10))).clip(max=5000)
            yield case(f"skewed k={k} seed={seed}", skewed * (random.random((k, 10)) < 0.4) + np.eye(k, 10))
        sizes = random.integers(1, 500, 10)
        yield case(f"perfect seed={seed}", np.diag(sizes))
        yield case(f"permuted seed={seed}", np.diag(sizes)[random.permutation(10)])
        split = np.zeros((64, 10), dtype=np.int64)
        split[np.arange(64), random.integers(0, 10, 64)] = random.integers(1, 50, 64)
        yield case(f"pure but split k=64 seed={seed}", split)
        yield case(f"single cluster seed={seed}", np.vstack([sizes, np.zeros((4, 10))]))
        yield case(f"single class seed={seed}", np.hstack([sizes[:, None], np.zeros((10, 2))]))
    yield case("single cluster and class", [[7, 0], [0, 0]])
    yield case("single image", [[0, 0], [0, 1]])
    yield case("every image alone", np.eye(8))
    yield case("independent", np.full((4, 5), 6))


print("[\n" + ",\n".join(json.dumps(one) for one in cases()) + "\n]")
