#!/usr/bin/env bash
# In the edge runtime that test runners use as an environment, the structured clone of a Map, a Set
# or a Date is no instance of Map, Set or Date, while that of an array, a plain object, a RegExp, an
# Error or a Uint8Array is one: only some classes of the host are taught to recognise each other.
# Code that asks `instanceof` of a cloned message takes another branch than in the runtimes that the
# environment stands for, and than in Node.
# Seen with @edge-runtime/vm 5.0.0.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm install --no-audit --no-fund @edge-runtime/vm@5.0.0 >/dev/null || exit 2
cat > run.cjs <<'JS'
const { EdgeVM } = require('@edge-runtime/vm')
const tests = {
  Map: 'structuredClone(new Map()) instanceof Map',
  Set: 'structuredClone(new Set()) instanceof Set',
  Date: 'structuredClone(new Date(0)) instanceof Date',
  Array: 'structuredClone([]) instanceof Array',
  Object: 'structuredClone({}) instanceof Object',
  RegExp: 'structuredClone(/a/) instanceof RegExp',
  Error: 'structuredClone(new Error("x")) instanceof Error',
  Uint8Array: 'structuredClone(new Uint8Array(1)) instanceof Uint8Array',
}
const vm = new EdgeVM()
console.log('@edge-runtime/vm', require('@edge-runtime/vm/package.json').version)
const strangers = Object.keys(tests).filter((name) => !vm.evaluate(tests[name]))
const inNode = Object.keys(tests).filter((name) => !eval(tests[name]))
console.log('clones that are no instance of their class:', strangers.join(', '), '- in Node:', inNode.join(', ') || 'none')
process.exit(strangers.join() === 'Map,Set,Date' && inNode.length === 0 ? 0 : 1)
JS
node run.cjs
