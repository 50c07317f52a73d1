/** Tests that a write that returns a `Left` changes nothing, and that ids are never reused. */
import {
  anyWorld,
  build,
  lowerClass,
  lowerNode,
  moves,
  plainClass,
  plainNode,
  isRefuted,
  type ClassRecipe,
  type WorldRecipe,
} from '@stowage/testing'
import { anyOperations } from '../../../testing/src/arbitrary/history.js'
import type { Moves } from '../../../testing/src/play/moves.js'
import { play } from '../../../testing/src/play/play.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountMax,
  batch,
  getOrThrow,
  define,
  empty,
  findNode,
  internMask,
  internWord,
  memory,
  nodeLoad,
  type Cluster,
  type Draft,
  type Fault,
} from '../index.js'
import type { BadClass } from '../rule/fault.js'
import type { ClassId, ColumnId, MaskId, NodeId, ReplicaId, WordId } from '../rule/id.js'

/**
 * A cluster in which node `a` is present with a replica, and the ids of a node that left and of the
 * replica that it took along; with `heirs`, others have their rows since. `mask` and `zone` are in
 * use, and a class is there no more.
 */
interface Stage {
  readonly cluster: Cluster
  readonly classes: readonly ClassId[]
  readonly present: NodeId
  readonly gone: NodeId
  readonly lost: ReplicaId
  readonly replica: ReplicaId
  readonly retired: ClassId
  readonly mask: MaskId
  readonly zone: WordId
}
interface Wrong {
  readonly fault: Partial<Fault | BadClass>
  /** Does what can not be done. */
  readonly act: (by: Moves, draft: Draft, stage: Stage) => E.Either<Fault | BadClass, unknown>
}

const joining = (draft: Draft, name: string, by = moves) =>
  by.join(draft, lowerNode(draft, { ...plainNode, name }))

/** A class that asks whether a node is in a mask. */
const asking = (mask: string): ClassRecipe => ({
  ...plainClass,
  filters: [
    { _tag: 'Require', plugin: 0, reason: 0, removable: false, expr: { _tag: 'InMask', mask } },
  ],
})

const staged = (world: WorldRecipe, heirs: boolean): Stage => {
  const built = build({ ...world, nodes: world.nodes.filter(({ name }) => name !== 'a') })
  const [cluster, ids] = batch(built.cluster, (draft) => {
    const described = { ...plainNode, name: 'a', attributes: [['in use', 'x']] as const }
    const present = getOrThrow(moves.join(draft, lowerNode(draft, described)))
    const zone = internWord(draft, 'in use')
    const mask = internMask(draft, 'in use')
    getOrThrow(moves.define(draft, lowerClass(draft, asking('in use'))))
    const retired = getOrThrow(moves.define(draft, lowerClass(draft, asking('no more'))))
    getOrThrow(moves.forget(draft, { classes: [retired] }))
    const replica = getOrThrow(moves.bind(draft, built.classes[0]!, present, 'running'))
    const gone = getOrThrow(joining(draft, 'gone'))
    const lost = getOrThrow(moves.bind(draft, built.classes[0]!, gone, 'running'))
    moves.leave(draft, gone)
    if (heirs) moves.bind(draft, built.classes[0]!, getOrThrow(joining(draft, 'heir')), 'running')
    return { present, gone, lost, replica, retired, mask, zone }
  })
  return { cluster, classes: built.classes, ...ids }
}

const never = 1_000_000
const node = (capacity: readonly (readonly [string, number])[], at: readonly number[]): Wrong => ({
  fault: { _tag: 'BadNode', name: 'new', at: ['capacity', ...at] },
  act: (by, draft) => by.join(draft, lowerNode(draft, { ...plainNode, name: 'new', capacity })),
})
const unknown = (_tag: Fault['_tag'], act: Wrong['act']): Wrong => ({ fault: { _tag }, act })

const wrongs: Readonly<Record<string, Wrong>> = {
  'a name that is taken': {
    fault: { _tag: 'DuplicateNode', name: 'a' },
    act: (by, draft) => joining(draft, 'a', by),
  },
  'an amount below 0': node([['cpu', -1]], [0, 1]),
  'an amount that is not whole': node([['cpu', 0.5]], [0, 1]),
  'an amount that is no number': node([['cpu', NaN]], [0, 1]),
  'an amount of 2^53/100 or more': node([['memory', 90_071_992_547_410]], [0, 1]),
  'a dimension that is named twice': node(
    [
      ['cpu', 1],
      ['cpu', 1],
    ],
    [1, 0],
  ),
  'a node that never was leaves': unknown('UnknownNode', (by, draft) =>
    by.leave(draft, never as NodeId),
  ),
  'a node that left leaves': unknown('UnknownNode', (by, draft, { gone }) => by.leave(draft, gone)),
  'a replica on a node that left': unknown('UnknownNode', (by, draft, { gone, classes }) =>
    by.bind(draft, classes[0]!, gone, 'running'),
  ),
  'a replica of no class': unknown('UnknownClass', (by, draft, { present }) =>
    by.bind(draft, never as ClassId, present, 'running'),
  ),
  'a replica that never was stops': unknown('UnknownReplica', (by, draft) =>
    by.stop(draft, never as ReplicaId),
  ),
  'a replica that went with its node stops': unknown('UnknownReplica', (by, draft, { lost }) =>
    by.stop(draft, lost),
  ),
  'a replica that went changes its phase': unknown('UnknownReplica', (by, draft, { lost }) =>
    by.setPhase(draft, lost, 'leaving'),
  ),
  'a replica of a class that was forgotten': unknown('UnknownClass', (by, draft, stage) =>
    by.bind(draft, stage.retired, stage.present, 'running'),
  ),
  'a node that left changes': unknown('UnknownNode', (by, draft, { gone }) =>
    by.redescribe(draft, gone, lowerNode(draft, { ...plainNode, name: 'gone' })),
  ),
  'a node changes its name': {
    fault: { _tag: 'BadNode', name: 'a', at: ['name'], found: '"b"', expected: '"a", which stays' },
    act: (by, draft, { present }) =>
      by.redescribe(draft, present, lowerNode(draft, { ...plainNode, name: 'b' })),
  },
  'a node gets an amount below 0': {
    fault: { _tag: 'BadNode', name: 'a', at: ['capacity', 0, 1] },
    act: (by, draft, { present }) =>
      by.redescribe(
        draft,
        present,
        lowerNode(draft, { ...plainNode, name: 'a', capacity: [['cpu', -1]] }),
      ),
  },
  'a replica that went changes its class': unknown(
    'UnknownReplica',
    (by, draft, { lost, classes }) => by.reclass(draft, lost, classes[0]!),
  ),
  'a replica changes to a class that was forgotten': unknown(
    'UnknownClass',
    (by, draft, { replica, retired }) => by.reclass(draft, replica, retired),
  ),
  'a class is forgotten twice': unknown('UnknownClass', (by, draft, { retired }) =>
    by.forget(draft, { classes: [retired] }),
  ),
  'a word is forgotten that never was': unknown('UnknownWord', (by, draft) =>
    by.forget(draft, { words: [never as WordId] }),
  ),
  'a mask is forgotten that never was': unknown('UnknownMask', (by, draft) =>
    by.forget(draft, { masks: [never as MaskId] }),
  ),
  'a column is forgotten that never was': unknown('UnknownColumn', (by, draft) =>
    by.forget(draft, { columns: [never as ColumnId] }),
  ),
  'a class is forgotten of which there is a replica': unknown('InUse', (by, draft, { classes }) =>
    by.forget(draft, { classes }),
  ),
  'a word is forgotten that a node says': unknown('InUse', (by, draft, { zone }) =>
    by.forget(draft, { words: [zone] }),
  ),
  'a mask is forgotten that a class asks for': unknown('InUse', (by, draft, { mask }) =>
    by.forget(draft, { masks: [mask] }),
  ),
  'a class without a priority': {
    fault: { _tag: 'BadClass', at: ['priority'], found: 'NaN' },
    act: (by, draft) =>
      by.define(draft, {
        facts: [],
        occupies: [],
        filters: [],
        choice: { _tag: 'Sum', scores: [], tie: 'rank' },
        priority: NaN,
      }),
  },
}

/** A change that ends in a fault leaves the draft as it was, for every later question too. */
const changesNothing = ({ fault, act }: Wrong, by: Moves) =>
  fc.property(anyWorld, fc.boolean(), anyOperations, (world, heirs, operations) => {
    const stage = staged(world, heirs)
    const seen = (acting: (draft: Draft) => void) => {
      const [acted] = batch(stage.cluster, acting)
      const [now, later] = play(acted, stage.classes, [{ taken: false, operations }])
      return { now: now!.observation, later: later!.observation, outcomes: later!.outcomes }
    }
    const faulty = seen((draft) => expect(act(by, draft, stage)).toMatchObject({ left: fault }))
    expect(faulty).toEqual(seen(() => undefined))
  })

/** Moves that leave a node behind when they end in a fault. */
const halfApplying: Moves = {
  ...moves,
  join: (draft, ...rest) => leavingHalf(draft, moves.join(draft, ...rest)),
  leave: (draft, ...rest) => leavingHalf(draft, moves.leave(draft, ...rest)),
  bind: (draft, ...rest) => leavingHalf(draft, moves.bind(draft, ...rest)),
  stop: (draft, ...rest) => leavingHalf(draft, moves.stop(draft, ...rest)),
  setPhase: (draft, ...rest) => leavingHalf(draft, moves.setPhase(draft, ...rest)),
  define: (draft, ...rest) => leavingHalf(draft, moves.define(draft, ...rest)),
  redescribe: (draft, ...rest) => leavingHalf(draft, moves.redescribe(draft, ...rest)),
  reclass: (draft, ...rest) => leavingHalf(draft, moves.reclass(draft, ...rest)),
  forget: (draft, ids) => leavingHalf(draft, moves.forget(draft, ids)),
}

describe.each(Object.entries(wrongs))('%s', (_, wrong) => {
  it('changes nothing', () => fc.assert(changesNothing(wrong, moves), { numRuns: 40 }))

  it('is refuted when something is left behind', () => {
    expect(isRefuted(changesNothing(wrong, halfApplying))).toBe(true)
  })
})

it('gives another id to what has the row, or the name, of what left', () => {
  const world = { nodes: [], classes: [plainClass], replicas: [] }
  const { cluster, classes, gone, lost } = staged(world, false)
  const [after, [node, replica]] = batch(cluster, (draft) => {
    const again = getOrThrow(joining(draft, 'gone'))
    return [again, getOrThrow(moves.bind(draft, classes[0]!, again, 'running'))]
  })
  expect(findNode(after, 'gone')).toMatchObject({ value: node })
  expect(node).not.toBe(gone)
  expect(replica).not.toBe(lost)
})

it('holds on a node what can be added up exactly, and no more', () => {
  const most = amountMax
  batch(empty, (draft) => {
    const node = getOrThrow(joining(draft, 'a'))
    const occupies = [[memory, most]] as const
    const id = getOrThrow(define(draft, { ...lowerClass(draft, plainClass), occupies }))
    const bound = Array.from({ length: 101 }, () => moves.bind(draft, id, node, 'running'))
    expect(bound.findIndex(E.isLeft)).toBe(Math.floor(Number.MAX_SAFE_INTEGER / most))
    expect(bound.find(E.isLeft)).toEqual(E.left({ _tag: 'Overloaded', node, dimension: memory }))
    const held = bound.filter(E.isRight)
    expect(nodeLoad(draft, node)).toEqual([[memory, held.length * most]])
  })
})

function leavingHalf<Came extends E.Either<unknown, unknown>>(draft: Draft, came: Came): Came {
  if (E.isLeft(came)) joining(draft, 'half')
  return came
}
