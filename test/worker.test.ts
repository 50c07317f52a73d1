/**
 * Tests the built kernel in a worker thread of Node. The test sends a cluster to the worker as
 * bytes, the worker places replicas and sends the answer and the new cluster back. Both must be the
 * same as without a worker.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import {
  batch,
  getOrThrow,
  decode,
  define,
  encode,
  nodeIds,
  place,
  replicasOn,
  evict,
  type ClassSpec,
  type ClassId,
  type Cluster,
  type PlaceRequest,
} from '@stowage/kernel'
import { build, plainClass, plainNode } from '@stowage/testing'
import { expect, it } from 'vitest'

/** What the worker runs: it has the kernel's file and nothing else of ours. */
const inside = `
  const { parentPort, workerData } = require('node:worker_threads')
  import(workerData).then(({ batch, getOrThrow, decode, encode, place }) =>
    parentPort.once('message', ({ bytes, wanted }) => {
      const [after, answer] = batch(getOrThrow(decode(bytes)), (draft) => place(draft, wanted))
      const back = encode(after)
      parentPort.postMessage({ answer, bytes: back }, [back.buffer])
    }),
  )
`

interface Reply {
  readonly answer: ReturnType<typeof place>
  readonly bytes: Uint8Array
}

const placedInside = (
  bytes: Uint8Array<ArrayBuffer>,
  wanted: readonly PlaceRequest[],
): Promise<Reply> =>
  new Promise((done, failed) => {
    const kernel = pathToFileURL(resolve('packages/kernel/dist/index.js')).href
    const worker = new Worker(inside, { eval: true, workerData: kernel })
    worker.once('error', failed)
    worker.once('message', (reply: Reply) => {
      void worker.terminate()
      done(reply)
    })
    worker.postMessage({ bytes, wanted }, [bytes.buffer])
  })

/**
 * Rows were freed in no order, and ties are drawn, so that what comes next depends on all that a
 * cluster remembers.
 */
const stateWithPast = (): readonly [after: Cluster, answer: ClassId] => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const { cluster } = build({
    nodes: names.map((name) => ({ ...plainNode, name })),
    classes: [plainClass],
    replicas: [],
  })
  return batch(cluster, (draft) => {
    const drawn: ClassSpec = {
      facts: [],
      occupies: [],
      filters: [],
      choice: { _tag: 'Sum', scores: [], tie: { seeded: 7 } },
      priority: 0,
    }
    const id = getOrThrow(define(draft, drawn))
    place(draft, [{ class: id, count: 40 }])
    const all = nodeIds(draft).flatMap((node) => replicasOn(draft, node))
    for (const replica of all.filter((_, i) => i % 3 === 0)) getOrThrow(evict(draft, replica.id))
    return id
  })
}

it('a worker answers as one does here', async () => {
  const [cluster, id] = stateWithPast()
  const wanted = [{ class: id, count: 30 }]
  const [after, answer] = batch(cluster, (draft) => place(draft, wanted))
  const reply = await placedInside(encode(cluster), wanted)
  expect(reply.answer).toEqual(answer)
  expect(reply.bytes).toEqual(encode(after))
  expect(encode(getOrThrow(decode(reply.bytes)))).toEqual(encode(after))
})
