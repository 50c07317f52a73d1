/**
 * Allocates arrays in the memory of the WebAssembly loop. Nothing is ever freed, as there is enough
 * memory for a bench.
 */
import { readFileSync } from 'node:fs'

/** As much of it as is used here: the compiler knows it by the types of a browser alone. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: object } },
  ) => { readonly exports: unknown }
}

const memory = new WebAssembly.Memory({ initial: 8_192 })

/** What a compiled loop exports, in this memory. */
export const instantiated = (path: string): unknown =>
  new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), { env: { memory } }).exports

let taken = 64

/** An array takes whole lines of a processor's cache. */
const placeOf = (bytes: number): number => {
  const place = taken
  taken = (taken + bytes + 63) & ~63
  if (taken > memory.buffer.byteLength) throw new Error('the memory of the loop is full')
  return place
}

export const doubles = (from: ArrayLike<number>): Float64Array<ArrayBuffer> => {
  const array = new Float64Array(memory.buffer, placeOf(8 * from.length), from.length)
  array.set(from)
  return array
}

export const integers = (from: ArrayLike<number>): Int32Array<ArrayBuffer> => {
  const array = new Int32Array(memory.buffer, placeOf(4 * from.length), from.length)
  array.set(from)
  return array
}

export const shorts = (from: ArrayLike<number>): Int16Array<ArrayBuffer> => {
  const array = new Int16Array(memory.buffer, placeOf(2 * from.length), from.length)
  array.set(from)
  return array
}
