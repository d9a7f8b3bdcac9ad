#!/usr/bin/env python3
"""Writes full-size family models (1025 x 126 input, 126 MB each) in the layout of Keras 2.15's legacy HDF5.

Usage: make_fullsize.py PARAMS_JSON OUT_DIR [FAMILY ...]

Conv and first dense weights come from SplitMix64 streams by the family's seed; batch-norm statistics and the last
layer come from PARAMS_JSON. Needs numpy and h5py.
"""
import json
import os
import sys

import h5py
import numpy as np

FILTERS = (32, 64, 128)
UNITS = 128
FLAT = 128 * 15 * 128  # 1025 x 126 halved three times, times the last filters


def uniform(seed, shape, bound):
    """[-bound, bound) from the upper 24 bits of SplitMix64, scaled in double and rounded to float32."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, np.prod(shape) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    unit = (z >> np.uint64(40)).astype(np.float64) * 2.0**-24
    return (-bound + 2 * bound * unit).astype(np.float32).reshape(shape)


def layers(params):
    """(class, config, weights by name) in order."""
    stream = params["seed"] * 100
    channels, chain = 1, []
    for i, filters in enumerate(FILTERS):
        suffix = f"_{i}" if i else ""
        config = dict(name="conv2d" + suffix, filters=filters, kernel_size=[3, 3], strides=[1, 1], padding="same",
                      data_format="channels_last", dilation_rate=[1, 1], groups=1, activation="relu", use_bias=True)
        kernel = uniform(stream, (3, 3, channels, filters), (6 / (9 * channels)) ** 0.5)
        chain.append(("Conv2D", config, {"kernel": kernel, "bias": uniform(stream + 1, (filters,), 0.1)}))
        name = "batch_normalization" + suffix
        config = dict(name=name, axis=[3], momentum=0.99, epsilon=0.001, center=True, scale=True)
        names = ("gamma", "beta", "moving_mean", "moving_variance")
        chain.append(("BatchNormalization", config, dict(zip(names, params[name]))))
        config = dict(name="max_pooling2d" + suffix, pool_size=[2, 2], strides=[2, 2], padding="valid",
                      data_format="channels_last")
        chain.append(("MaxPooling2D", config, {}))
        channels, stream = filters, stream + 2
    chain.append(("Flatten", dict(name="flatten", data_format="channels_last"), {}))
    dense = {"kernel": uniform(stream, (FLAT, UNITS), (6 / FLAT) ** 0.5), "bias": uniform(stream + 1, (UNITS,), 0.1)}
    chain.append(("Dense", dict(name="dense", units=UNITS, activation="relu", use_bias=True), dense))
    chain.append(("Dropout", dict(name="dropout", rate=0.5), {}))
    kernel, bias = params["dense_1"]
    last = {"kernel": np.reshape(kernel, (UNITS, 1)), "bias": bias}
    chain.append(("Dense", dict(name="dense_1", units=1, activation="sigmoid", use_bias=True), last))
    return chain


def write(path, chain):
    entries = [{"class_name": "InputLayer", "config": {"batch_input_shape": [None, 1025, 126, 1], "dtype": "float32",
                                                       "sparse": False, "ragged": False, "name": "conv2d_input"}}]
    entries += [{"class_name": kind, "config": {"trainable": True, "dtype": "float32", **config}}
                for kind, config, _ in chain]
    model = {"class_name": "Sequential", "config": {"name": "sequential", "layers": entries}}
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["backend"] = "tensorflow"
        file.attrs["model_config"] = json.dumps(model)
        root = file.create_group("model_weights")
        root.attrs["layer_names"] = [config["name"].encode() for _, config, _ in chain]
        for _, config, weights in chain:
            group = root.create_group(config["name"])
            names = [f"{config['name']}/{weight}:0" for weight in weights]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, value in zip(names, weights.values()):
                group.create_dataset(name, data=np.asarray(value, dtype=np.float32))


def main(params_file, out, *wanted):
    with open(params_file) as file:
        families = json.load(file)["families"]
    os.makedirs(out, exist_ok=True)
    for family in wanted or families:
        write(os.path.join(out, f"family_{family}_classifier.h5"), layers(families[family]))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
