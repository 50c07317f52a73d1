/** A cluster at work: replicas of plain classes come, each a request of its own, and the oldest go when more than a thousand stand. */
import { batch, certain, place, stop, take, type Path, type ReplicaId } from '@stowage/kernel'
import { crowd, shapes } from '../shapes.js'
import { sequence } from '../world.js'

/** So many decisions: the nodes, and how long it took of the processor, in microseconds. */
export type Work = (count: number) => readonly [nodes: readonly number[], microseconds: number]

export const workOn = (nodes: number, classes: number, path: Path | undefined): Work => {
  const [ids, opened] = shapes(crowd(nodes), 'plain', classes)
  let cluster = opened
  const random = sequence(3)
  const standing: ReplicaId[] = []
  return (count) => {
    const began = process.cpuUsage()
    const [chosen, after] = batch(take(cluster), (draft) =>
      Array.from({ length: count }, (): number => {
        const asked = [{ class: ids[Math.floor(random() * ids.length)]!, count: 1 }]
        const { answers } = place(draft, asked, path === undefined ? {} : { path })
        const placed = answers[0]?.placed[0]
        if (placed !== undefined) standing.push(placed.replica)
        if (standing.length > 1_000) certain(stop(draft, standing.shift()!))
        return placed?.node ?? -1
      }),
    )
    cluster = after
    const { user, system } = process.cpuUsage(began)
    return [chosen, user + system]
  }
}
