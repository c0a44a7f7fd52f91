"""Makes the small files beside it, with Python's own pickle and zip modules and NumPy.

PyTorch is not needed: modules with its names stand in for it, so that the pickles have the instructions that
torch.save would write. Run it in this folder.
"""

import collections
import io
import os
import pickle
import struct
import sys
import types
import zipfile

import numpy as np

torch = types.ModuleType("torch")
utils = types.ModuleType("torch._utils")
sys.modules["torch"], sys.modules["torch._utils"] = torch, utils


def _rebuild_tensor_v2(*_):
    raise NotImplementedError


def _rebuild_parameter(*_):
    raise NotImplementedError


for function in (_rebuild_tensor_v2, _rebuild_parameter):
    function.__module__ = "torch._utils"
    setattr(utils, function.__name__, function)
for name in ("FloatStorage", "HalfStorage", "LongStorage", "BoolStorage"):
    setattr(torch, name, type(name, (), {"__module__": "torch"}))


class Storage:
    def __init__(self, kind, key, count):
        self.kind, self.key, self.count = kind, key, count


class Tensor:
    def __init__(self, storage, offset, sizes, strides, parameter=False):
        self.args = (storage, offset, sizes, strides, False, collections.OrderedDict())
        self.parameter = parameter

    def __reduce__(self):
        if self.parameter:
            return utils._rebuild_parameter, (Tensor(*self.args[:4]), True, collections.OrderedDict())
        return utils._rebuild_tensor_v2, self.args


class Pickler(pickle.Pickler):
    legacy = False

    def persistent_id(self, obj):
        if isinstance(obj, Storage):
            id = ("storage", getattr(torch, obj.kind), obj.key, "cpu", obj.count)
            return id + (None,) if self.legacy else id
        return None


def pickled(obj, legacy=False):
    out = io.BytesIO()
    pickler = Pickler(out, 2)
    pickler.legacy = legacy
    pickler.dump(obj)
    return out.getvalue()


def state_dict():
    floats = Storage("FloatStorage", "0", 12)
    dict_ = collections.OrderedDict()
    dict_["dense"] = Tensor(floats, 0, (3, 4), (4, 1), parameter=True)
    dict_["transposed"] = Tensor(floats, 0, (4, 3), (1, 4))
    dict_["slice"] = Tensor(floats, 5, (2, 2), (4, 1))
    dict_["half"] = Tensor(Storage("HalfStorage", "1", 2), 0, (2,), (1,))
    dict_["count"] = Tensor(Storage("LongStorage", "2", 1), 0, (), ())
    dict_["mask"] = Tensor(Storage("BoolStorage", "3", 3), 0, (3,), (1,))
    return dict_


STORAGES = {
    "0": np.arange(12, dtype="<f4").tobytes(),
    "1": np.array([0.5, -2], dtype="<f2").tobytes(),
    "2": np.array([2**40], dtype="<i8").tobytes(),
    "3": np.array([True, False, True]).tobytes(),
}
COUNTS = {"0": 12, "1": 2, "2": 1, "3": 3}


def torch_zip(path, data_pkl):
    with zipfile.ZipFile(path, "w") as archive:
        def add(name, content):
            archive.writestr(zipfile.ZipInfo("archive/" + name, (1980, 1, 1, 0, 0, 0)), content)
        add("data.pkl", data_pkl)
        add("byteorder", b"little")
        for key, content in STORAGES.items():
            add("data/" + key, content)
        add("version", b"3\n")


def torch_legacy(path, object_pickle):
    with open(path, "wb") as out:
        out.write(pickle.dumps(0x1950A86A20F9469CFC6C, 2))
        out.write(pickle.dumps(1001, 2))
        sizes = {"short": 2, "int": 4, "long": 4}
        out.write(pickle.dumps({"protocol_version": 1001, "little_endian": True, "type_sizes": sizes}, 2))
        out.write(object_pickle)
        out.write(pickle.dumps(sorted(STORAGES), 2))
        for key in sorted(STORAGES):
            out.write(struct.pack("<q", COUNTS[key]) + STORAGES[key])


class Hostile:
    def __reduce__(self):
        return os.system, ("touch /tmp/trimaran-was-executed",)


torch_zip("zip.pth", pickled(state_dict()))
torch_legacy("legacy.pth", pickled(state_dict(), legacy=True))
hostile = pickled(collections.OrderedDict(weight=Hostile()))
torch_zip("hostile-zip.pth", hostile)
torch_legacy("hostile-legacy.pth", hostile)

values = np.arange(6).reshape(2, 3)
np.save("c.npy", values.astype("<f4"))
np.save("fortran.npy", np.asfortranarray(values.astype("<f8")))
np.save("big-endian.npy", values.astype(">i4"))
with open("version3.npy", "wb") as out:
    np.lib.format.write_array(out, np.array([1.5, -0.25], dtype="<f2"), version=(3, 0))
np.save("objects.npy", np.array([{}], dtype=object), allow_pickle=True)
np.savez("stored.npz", weight=values.astype("<i8"), mask=np.array([True, False]))
np.savez_compressed("deflated.npz", weight=np.zeros((100, 100), "<f4"), scalar=np.float64(2.5))
