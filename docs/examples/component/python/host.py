"""Uses the component from Python: pip install wasmtime, then python host.py kernel.wasm."""
import json
import sys

from wasmtime import Engine, Store
from wasmtime.component import Component, Linker

engine = Engine()
component = Component.from_file(engine, sys.argv[1])
store = Store(engine)
instance = Linker(engine).instantiate(store, component)
scheduler = instance.get_export_index(store, "stowage:kernel/scheduler@0.1.0")


def call(name, *arguments):
    function = instance.get_func(store, instance.get_export_index(store, name, scheduler))
    result = function(store, *arguments)
    function.post_return(store)
    return result


def node(name, cpu):
    return json.dumps({"name": name, "capacity": [[0, cpu]], "attributes": [], "marks": []})


cluster = call("[constructor]cluster")
for name, cpu in (("small", 100), ("large", 1000)):
    call("[method]cluster.join", cluster, node(name, cpu))
part = {"dimension": 0, "amount": 400, "reason": 0, "slot": False}
job = call("[method]cluster.define", cluster, json.dumps({
    "facts": [],
    "occupies": [[0, 400]],
    "filters": [{"_tag": "Fit", "plugin": 0, "removable": True, "parts": [part]}],
    "choice": {"_tag": "Sum", "scores": [], "tie": "rank"},
    "priority": 0,
}))
answer = call("[method]cluster.place", cluster, job, 3)
print(f"{len(answer.placed)} placed, {answer.unplaced.count} not")
print(call("[method]cluster.join", cluster, "{"))
