/**
 * Runs a script in a sandbox (a realm) that has the JavaScript language but nothing of a host such
 * as Node. A global name outside the list below throws when it is read. The parts of the language
 * that depend on the host also throw: the clock, random numbers, locales, and functions such as
 * `Math.log`, which engines compute differently.
 */
import { createContext, Script } from 'node:vm'

/** What of the language a built package may name. */
const allowed = [
  ...['Object', 'Array', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'Math', 'JSON'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect', 'RegExp'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'URIError'],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array'],
  ...['BigUint64Array', 'NaN', 'Infinity', 'undefined', 'isNaN', 'isFinite', 'parseInt'],
  ...['parseFloat', 'encodeURIComponent', 'decodeURIComponent'],
] as const

/** Members of `Math` that are the same to the last bit on every engine. */
const exactMath = [
  ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt'],
  ...['trunc', 'PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2'],
] as const

/**
 * Runs inside the realm: replaces what depends on the host, and returns the object that stands for
 * its global scope. Strings are not compiled there, so a constructor of functions leads nowhere.
 */
const prepare = `((allowed, exactMath) => {
  const touch = (name) => { throw new Error('touches the host: ' + name) }
  const refuse = (object, name, path) =>
    Object.defineProperty(object, name, { configurable: true, get: () => touch(path), set: () => touch(path) })
  for (const name of Object.getOwnPropertyNames(Math))
    if (!exactMath.includes(name)) refuse(Math, name, 'Math.' + name)
  for (const [owner, { prototype }] of Object.entries({ String, Number, Array, BigInt, Date, Uint8Array: Object.getPrototypeOf(Uint8Array) }))
    for (const name of Object.getOwnPropertyNames(prototype))
      if (/^(toLocale|localeCompare)/.test(name)) refuse(prototype, name, owner + '.prototype.' + name)
  const scope = Object.fromEntries(allowed.map((name) => [name, globalThis[name]]))
  const known = new Set(allowed)
  return new Proxy(scope, {
    has: () => true,
    get: (target, name) =>
      name === Symbol.unscopables ? undefined : known.has(name) ? target[name] : touch(String(name)),
    set: (_, name) => touch(String(name)),
  })
})`

/**
 * The value of an expression after a script, both without a host. What may be named is local to the
 * function, so that engines look it up fast; every other name is one of the proxy.
 */
export const inRealm = (script: string, expression: string): unknown => {
  const context = createContext(
    {},
    { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' },
  )
  const compile = (text: string): unknown => new Script(text).runInContext(context)
  const scopeOf = compile(prepare) as (...lists: readonly (readonly string[])[]) => unknown
  const names = allowed.filter((name) => name !== 'undefined').join(', ')
  const enter = compile(`(function (scope) {
    with (scope) {
      return function (language) {
        'use strict'
        const { ${names} } = language
        return (function () {
          ${script}
          return ${expression}
        })()
      }
    }
  })`) as (scope: unknown) => (language: unknown) => unknown
  const scope = scopeOf(allowed, exactMath)
  return enter(scope)(scope)
}
