/**
 * Implements a minimal replica controller. An event states how many replicas an object wants, and
 * the controller starts and stops replicas accordingly. `docs/own-controller.md` explains a similar
 * controller.
 */
import {
  classSpecOf,
  cpu,
  define,
  renderValue,
  withChanges,
  type ClassId,
  type Controller,
  type Intent,
  type ReplicaId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'

interface CountedObject {
  readonly class: ClassId
  readonly size: number
  readonly count: number
  /** Those that are starting or running. */
  readonly replicas: readonly ReplicaId[]
}

/** What the controller remembers: its objects, and which were reported since its last pass. */
export interface CountMemory {
  readonly objects: ReadonlyMap<string, CountedObject>
  readonly reported: readonly string[]
}

/** Takes reports `{ count, size }` about objects; the size, in CPU ticks, stays. */
export const fixedCount: Controller<CountMemory> = {
  name: 'fixed-count',
  start: { objects: new Map(), reported: [] },
  learn: (draft, { objects, reported }, { about, report }) => {
    const { count, size } = report as Pick<CountedObject, 'count' | 'size'>
    const before = objects.get(about)
    if (before !== undefined && before.size !== size)
      return E.left({
        at: ['size'],
        found: renderValue(size),
        expected: `${before.size}, which stays`,
      })
    const defined = define(draft, classSpecOf([[cpu, size]]))
    if (E.isLeft(defined)) return defined
    const object = { class: defined.right, size, count, replicas: before?.replicas ?? [] }
    const changed = withChanges(objects, [[about, object]])
    return E.right({ memory: { objects: changed, reported: [...reported, about] } })
  },
  decide: (view, { objects, reported }) => {
    const touched = new Map(reported.map((name) => [name, objects.get(name)!]))
    for (const { owner, replica, phase } of view.replicas) {
      const object = touched.get(owner) ?? objects.get(owner)!
      const others = object.replicas.filter((one) => one !== replica)
      const isAlive = phase === 'assumed' || phase === 'running'
      touched.set(owner, { ...object, replicas: isAlive ? [...others, replica] : others })
    }
    return {
      memory:
        touched.size === 0
          ? { objects, reported }
          : { objects: withChanges(objects, [...touched]), reported: [] },
      intents: [...touched].flatMap(([owner, object]) =>
        intentsFor(owner, object, view.pending(owner)),
      ),
    }
  },
  toData: ({ objects, reported }) => [[...objects], reported],
}

/** What is missing is started; of what is too much, those that wait for a node go first. */
const intentsFor = (
  owner: string,
  { class: classId, count, replicas }: CountedObject,
  pending: number,
): readonly Intent[] => {
  const surplus = replicas.length + pending - count
  if (surplus === 0) return []
  if (surplus < 0) return [{ _tag: 'Start', owner, class: classId, count: -surplus }]
  const waiting = Math.min(surplus, pending)
  const stopped = replicas.slice(replicas.length - (surplus - waiting))
  return [
    { _tag: 'Withdraw', owner, class: classId, count: waiting },
    ...stopped.map((replica) => ({ _tag: 'Stop', replica, because: 'too many' }) as const),
  ]
}
