/** The memory that the loops work in. Every place in it is a number of bytes. */
import { readFileSync } from 'node:fs'

/** As much of it as is used here: the compiler knows it by the types of a browser alone. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: unknown }
}

interface Memory {
  readonly buffer: ArrayBuffer
}

const memory = new WebAssembly.Memory({ initial: 4_096 })
export const { buffer } = memory
export const doubles = new Float64Array(buffer)
export const integers = new Int32Array(buffer)
export const shorts = new Int16Array(buffer)

/** What a compiled loop exports, in this memory. */
export const instantiated = (path: string): unknown =>
  new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), { env: { memory } }).exports

let taken = 64
const free = new Map<number, number[]>()

/** So many bytes that nobody uses, or that somebody has released. */
export const allot = (size: number): number => {
  const again = free.get(size)?.pop()
  if (again !== undefined) return again
  const at = taken
  taken = (taken + size + 63) & ~63
  if (taken > buffer.byteLength) throw new Error('the memory of the loop is full')
  return at
}

export const release = (at: number, size: number): void => {
  const others = free.get(size)
  if (others === undefined) free.set(size, [at])
  else others.push(at)
}
