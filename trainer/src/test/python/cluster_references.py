"""Figures of scikit-learn for the clusterers' tests, on data that References.java draws alike.

Run: python3 trainer/src/test/python/cluster_references.py (scikit-learn 1.2.1), and copy what it prints
into References.java.
"""

import numpy as np
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.mixture import GaussianMixture


class Draw:
    def __init__(self):
        self.state = 2026

    def next(self):
        self.state = (1103515245 * self.state + 12345) % 2**31
        return self.state / 2**31

    def normal(self):
        return sum((self.next() for _ in range(12)), -6.0)


draw = Draw()
uniform = np.array([draw.next() for _ in range(900)]).reshape(300, 3)
lloyd = KMeans(5, init=uniform[:5], n_init=1, max_iter=1000, tol=0, algorithm="lloyd").fit(uniform)
print("lloyd from the first five rows:", lloyd.inertia_, np.bincount(lloyd.labels_))
starts = [KMeans(5, n_init=1, max_iter=1000, tol=0, random_state=i).fit(uniform).inertia_ for i in range(400)]
seeds = [kmeans_plusplus(uniform, 5, random_state=i)[0] for i in range(400)]
potentials = [((uniform[:, None] - seed) ** 2).sum(2).min(1).sum() for seed in seeds]
print("mean inertia of k-means++ alone:", np.mean(potentials))
print("mean and best of 400 starts:", np.mean(starts), min(starts))

draw = Draw()
rows = []
for _ in range(4000):
    u, a, b = draw.next(), draw.normal(), draw.normal()
    if u < 0.5:
        rows.append((a, 0.5 * a + 0.8 * b))
    elif u < 0.8:
        rows.append((4 + 0.6 * a, 1 + 1.2 * b))
    else:
        rows.append((1 + 0.7 * a, 5 - 0.4 * a + 0.5 * b))
mixture = GaussianMixture(3, n_init=10, tol=1e-8, max_iter=1000, random_state=0).fit(rows)
order = np.argsort(-mixture.weights_)
print("log-likelihood:", mixture.score(rows))
print("weights:", mixture.weights_[order])
print("means:", mixture.means_[order].tolist())
print("covariances:", mixture.covariances_[order].tolist())
