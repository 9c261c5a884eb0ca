"""The peer of the Frechet distance: numpy and scipy, the way pytorch-fid does it. Arguments: file, rows, width, repeats."""
import os
import sys
import time

import numpy as np
import scipy
from scipy import linalg

path, rows, width, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
stored = np.fromfile(path, dtype="<f4").reshape(2, rows, width)
sets = [np.tile(s.astype(np.float64), (repeats, 1)) for s in stored]


def statistics(features):
    return features.mean(axis=0), np.cov(features, rowvar=False)


def distance(one, other):
    (m1, s1), (m2, s2) = one, other
    root = linalg.sqrtm(s1 @ s2)
    gap = m1 - m2
    return gap @ gap + np.trace(s1) + np.trace(s2) - 2 * np.trace(np.real(root))


began, used = time.perf_counter(), time.process_time()
one, other = statistics(sets[0]), statistics(sets[1])
between = time.perf_counter() - began, time.process_time() - used
value = distance(one, other)
with open(f"/proc/{os.getpid()}/status") as f:
    peak = next(int(line.split()[1]) for line in f if line.startswith("VmHWM"))
print(*between, time.perf_counter() - began, time.process_time() - used, value, peak,
      f"numpy {np.__version__}, scipy {scipy.__version__}")
