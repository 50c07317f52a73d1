/**
 * Compares the kernel as a WebAssembly component with the kernel in plain JavaScript: size, cold
 * start, and the cost of a call on a cluster that stays inside the component. `npm run component`
 * builds the component first; `npm run bench:component` prints the rows. The two take turns to
 * place the same replicas, and no time is printed unless they choose the same nodes.
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import {
  allowIndexes,
  batch,
  define,
  empty,
  evict,
  getOrThrow,
  join,
  place,
  take,
} from '@stowage/kernel'
import type { ClassId, Cluster, NodeSpec, ReplicaId } from '@stowage/kernel'
import { plainClass } from './world.js'

interface InsideAnswer {
  readonly placed: readonly { readonly replica: bigint; readonly node: bigint }[]
}
interface InsideCluster {
  readonly join: (node: string) => bigint
  readonly define: (classSpec: string) => bigint
  readonly place: (classId: bigint, count: number) => InsideAnswer
  readonly evict: (replica: bigint) => void
}
interface ComponentModule {
  readonly instantiate: (
    compile: (name: string) => Promise<unknown>,
    imports: object,
  ) => Promise<{ readonly scheduler: { readonly Cluster: new () => InsideCluster } }>
}

/** The compiler's libraries declare it for pages alone. */
const { compile } = (
  globalThis as unknown as {
    readonly WebAssembly: { readonly compile: (bytes: Uint8Array) => Promise<unknown> }
  }
).WebAssembly

const folder = resolve('component/dist')

const nodeSpec = (i: number): NodeSpec => ({
  name: `node-${String(i).padStart(6, '0')}`,
  capacity: [
    [0 as never, (2 + (i % 7)) * 128_000],
    [1 as never, (4 + (i % 5)) * 2 ** 30],
    [2 as never, 110],
  ],
  attributes: [],
  marks: [],
})

const milliseconds = async <Value>(
  body: () => Value | Promise<Value>,
): Promise<[Value, number]> => {
  const start = performance.now()
  const value = await body()
  return [value, performance.now() - start]
}

/**
 * One replica placed, the one before ended: the nodes chosen, and microseconds of the processor for
 * each pair, which other programs on the machine do not change.
 */
type Turns = (count: number) => readonly [nodes: readonly number[], microseconds: number]

const native = (nodes: number): Turns => {
  const [fleet, id] = batch(allowIndexes(empty), (draft) => {
    for (let i = 0; i < nodes; i++) getOrThrow(join(draft, nodeSpec(i)))
    return getOrThrow(define(draft, plainClass))
  })
  let cluster: Cluster = fleet
  const placeOne = (job: ClassId) => {
    const [after, { answers }] = batch(take(cluster), (draft) =>
      place(draft, [{ class: job, count: 1 }]),
    )
    cluster = after
    return answers[0]!.placed[0]!
  }
  const end = (replica: ReplicaId): void => {
    ;[cluster] = batch(take(cluster), (draft) => void getOrThrow(evict(draft, replica)))
  }
  return turnsOf(() => placeOne(id), end)
}

const inside = (made: InsideCluster, nodes: number): Turns => {
  for (let i = 0; i < nodes; i++) made.join(JSON.stringify(nodeSpec(i)))
  const id = made.define(JSON.stringify(plainClass))
  return turnsOf(
    () => made.place(id, 1).placed[0]!,
    (replica) => made.evict(replica),
  )
}

const turnsOf =
  <Id>(
    placeOne: () => { readonly replica: Id; readonly node: number | bigint },
    end: (id: Id) => void,
  ) =>
  (count: number): readonly [readonly number[], number] => {
    const chosen: number[] = []
    const start = process.cpuUsage()
    let previous: Id | undefined
    for (let i = 0; i < count; i++) {
      const { replica, node } = placeOne()
      if (previous !== undefined) end(previous)
      previous = replica
      chosen.push(Number(node))
    }
    if (previous !== undefined) end(previous)
    return [chosen, process.cpuUsage(start).user / count]
  }

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!

const measure = async (): Promise<void> => {
  const wasm = readFileSync(resolve(folder, 'kernel.wasm'))
  const core = readFileSync(resolve(folder, 'kernel.core.wasm'))
  console.log(`${cpus()[0]?.model ?? 'a processor'}, Node ${process.version}`)
  console.log(`size: component ${wasm.length} B, ${gzipSync(wasm).length} B after gzip`)
  const { instantiate } = (await import(
    pathToFileURL(resolve(folder, 'kernel.js')).href
  )) as ComponentModule
  const [compiled, compiling] = await milliseconds(() => compile(core))
  const small = (name: string) => compile(readFileSync(resolve(folder, name)))
  const [{ scheduler }, starting] = await milliseconds(() =>
    instantiate(
      (name) => (name === 'kernel.core.wasm' ? Promise.resolve(compiled) : small(name)),
      {},
    ),
  )
  const [, first] = await milliseconds(() => new scheduler.Cluster())
  console.log(
    `cold start: compile ${compiling.toFixed(0)} ms, instantiate ${starting.toFixed(0)} ms, first call ${first.toFixed(0)} ms`,
  )
  console.log('a replica placed and one ended, median of 5 rounds by turns:')
  for (const nodes of [1, 100, 1_000, 10_000]) {
    const ours = native(nodes)
    const theirs = inside(new scheduler.Cluster(), nodes)
    const times: [number[], number[]] = [[], []]
    for (let round = 0; round < 6; round++) {
      const [chosen, microseconds] = ours(200)
      const [chosenInside, microsecondsInside] = theirs(200)
      if (JSON.stringify(chosen) !== JSON.stringify(chosenInside))
        throw new Error(`the component decides otherwise on ${nodes} nodes`)
      // The first round is for the compilers.
      if (round > 0) {
        times[0].push(microseconds)
        times[1].push(microsecondsInside)
      }
    }
    const [own, its] = [median(times[0]), median(times[1])]
    console.log(
      `${nodes} nodes: native ${own.toFixed(1)} us, component ${its.toFixed(0)} us, ${(its / own).toFixed(0)} times`,
    )
  }
}

if (existsSync(resolve(folder, 'kernel.wasm'))) await measure()
else
  console.log('component/dist is not there: run `npm run install-component && npm run component`')
