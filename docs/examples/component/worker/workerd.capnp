# A Worker with the component: workerd serve workerd.capnp, once the component is built.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "kernel.js", esModule = embed "../../../../component/dist/kernel.js"),
    (name = "cores.mjs", esModule = embed "../../../../component/dist/cores.mjs"),
    (name = "kernel.core.wasm", wasm = embed "../../../../component/dist/kernel.core.wasm"),
    (name = "kernel.core2.wasm", wasm = embed "../../../../component/dist/kernel.core2.wasm"),
    (name = "kernel.core3.wasm", wasm = embed "../../../../component/dist/kernel.core3.wasm"),
  ],
  compatibilityDate = "2026-06-01",
);
