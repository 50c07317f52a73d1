/**
 * Plays the seeded decisions of the conformance suite through `kernel.wit`: the component decides,
 * and the package only makes the rules. `test/component.test.ts` bundles this file for each host.
 */
import * as kernel from '@stowage/kernel'
import { hashOf } from '../runtimes/suite/case.js'
import { seededDecisions, type KernelEntry } from '../runtimes/suite/decisions.js'

/** A cluster of the component, as jco shows a resource to JavaScript. */
interface InsideCluster {
  readonly encode: () => Uint8Array<ArrayBuffer>
  readonly word: (text: string) => number
  readonly mask: (name: string) => number
  readonly giveMask: (mask: number, nodes: BigUint64Array) => void
  readonly column: (name: string) => number
  readonly giveColumn: (column: number, numbers: readonly (readonly [bigint, number])[]) => void
  readonly join: (node: string) => bigint
  readonly define: (classSpec: string) => bigint
  readonly place: (classId: bigint, count: number) => InsideAnswer
  readonly explain: (classId: bigint) => string
}
interface InsideAnswer {
  readonly placed: readonly { readonly replica: bigint; readonly node: bigint }[]
  readonly unplaced?: kernel.UnmetRequest
}

/** The interface that the component exports. */
export interface Scheduler {
  readonly Cluster: new () => InsideCluster
}

/** The component in the place of the kernel; a view is the cluster itself, which is changed. */
const entryOf = ({ Cluster }: Scheduler): KernelEntry => {
  const inside = (view: unknown): InsideCluster => view as InsideCluster
  const batch = (before: kernel.Cluster, body: (draft: never) => unknown): unknown => {
    const cluster = before === kernel.empty ? new Cluster() : before
    return [cluster, body(cluster as never)]
  }
  return {
    ...kernel,
    allowIndexes: (cluster) => cluster,
    take: (cluster) => cluster,
    batch: batch as typeof kernel.batch,
    encode: (view) => holdings(inside(view).encode()),
    explain: (view, { class: id }) =>
      JSON.parse(inside(view).explain(BigInt(id))) as kernel.Explanation,
    internWord: (draft, text) => inside(draft).word(text) as kernel.WordId,
    internMask: (draft, name) => inside(draft).mask(name) as kernel.MaskId,
    internColumn: (draft, name) => inside(draft).column(name) as kernel.ColumnId,
    join: (draft, spec) => Number(inside(draft).join(JSON.stringify(spec))) as kernel.NodeId,
    define: (draft, spec) => Number(inside(draft).define(JSON.stringify(spec))) as kernel.ClassId,
    giveMask: (draft, mask, nodes) =>
      inside(draft).giveMask(mask, BigUint64Array.from(nodes, BigInt)),
    giveColumn: (draft, column, numbers) =>
      inside(draft).giveColumn(
        column,
        numbers.map(([node, number]) => [BigInt(node), number]),
      ),
    place: (draft, requests) => {
      const answers = requests.map(({ class: id, count }) =>
        answerOf(inside(draft).place(BigInt(id), count)),
      )
      return { answers, decidedBy: 'scan' }
    },
  }
}

/** The answer as the package gives it: ids are numbers, pairs are lists. */
const answerOf = ({ placed, unplaced }: InsideAnswer): kernel.Answer => ({
  placed: placed.map(({ replica, node }) => ({
    replica: Number(replica) as kernel.ReplicaId,
    node: Number(node) as kernel.NodeId,
  })),
  ...(unplaced === undefined ? {} : { unplaced }),
})

/**
 * What a cluster holds, read by the package. Its bytes differ in the version alone: each call of
 * the component is a batch of its own.
 */
const holdings = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const cluster = kernel.getOrThrow(kernel.decode(bytes))
  const nodes = kernel
    .nodeIds(cluster)
    .map((node) => [
      kernel.nodeName(cluster, node),
      kernel.nodeLoad(cluster, node),
      kernel.replicasOn(cluster, node),
    ])
  // The suite joins what is encoded to a line, and asks nothing else of it.
  return [JSON.stringify(nodes)] as unknown as Uint8Array<ArrayBuffer>
}

const packageEntry: KernelEntry = {
  ...kernel,
  encode: (cluster) => holdings(kernel.encode(cluster)),
  join: (draft, spec) => kernel.getOrThrow(kernel.join(draft, spec)),
  define: (draft, spec) => kernel.getOrThrow(kernel.define(draft, spec)),
  giveMask: (draft, mask, nodes) => void kernel.getOrThrow(kernel.giveMask(draft, mask, nodes)),
  giveColumn: (draft, column, numbers) =>
    void kernel.getOrThrow(kernel.giveColumn(draft, column, numbers)),
}

const decisions = { decisionsMin: 10_000 }

/** The hashes of 10,000 seeded decisions: those of the component, and those of the package. */
export const decisionHashes = (scheduler: Scheduler): string =>
  [entryOf(scheduler), packageEntry]
    .map((entry) => hashOf(seededDecisions(entry, decisions)))
    .join(' ')
