/**
 * Implements drafts and trials:
 * 1. A draft is the mutable version of a cluster that `batch` builds. It is copy-on-write: each
 *    part of the state is copied before the first write to it.
 * 2. A trial is a series of changes to a draft that may be rolled back. An undo log restores
 *    replicas and loads; copies restore all other parts.
 */
import { newChanges, noteRollback, type Changes } from './changes.js'
import { freeRetired } from './classes.js'
import { copyLoads } from './loads.js'
import { copyReplicas } from './replicas.js'
import {
  stateOf,
  seal,
  type Cluster,
  type Draft,
  type Indexer,
  type SealedCluster,
  type View,
} from './cluster.js'
import { invariant } from './invariant.js'
import { ownsNothing, copyPart, type Ownership, type PartName, type State } from './state.js'
import { newScratch, type Scratch } from './scratch.js'
import type { Move } from './trial-moves.js'
import { clearUndo, markOf, newUndo, undoTo, type Undo, type UndoMark } from './undo.js'

export type { Draft } from './cluster.js'

/** The draft as seen inside this room. `undo` is empty unless a trial is open. */
interface OpenDraft extends Draft {
  state: State | undefined
  owns: Ownership
  trials: number
  /** Empty but while a trial is open. */
  readonly undo: Undo
  readonly scratch: Scratch
  readonly changes: Changes
  readonly indexer: Indexer | undefined
}

/**
 * Opens a draft. It owns what a taken cluster owned. Otherwise it shares all parts with the
 * cluster, and neither owns one.
 */
export const openDraft = (before: Cluster): Draft => {
  const sealed = before as SealedCluster
  const state = stateOf(before)
  // The compiler believes the type; at run time this may be a draft, which is open already.
  if ((before as View)._tag !== 'Cluster')
    invariant(false, 'a batch begins with a Cluster; within a batch, pass its draft on')
  const draft: OpenDraft = {
    _tag: 'Draft',
    state: { ...state },
    owns: sealed.isTaken ? sealed.owns : ownsNothing,
    trials: 0,
    undo: newUndo(),
    scratch: newScratch(),
    changes: sealed.changes ?? newChanges(),
    indexer: sealed.indexer,
  }
  sealed.changes = undefined
  if (sealed.isTaken) sealed.state = undefined
  else sealed.owns = ownsNothing
  return draft
}

/** Closes the draft; its state becomes the next cluster. */
export const sealDraft = (draft: Draft, version: number): Cluster => {
  const state = stateOf(draft)
  closeDraft(draft)
  return seal(state, version, (draft as OpenDraft).owns, false, draft as OpenDraft)
}

/** Closes the draft: any later use throws. */
export const closeDraft = (draft: Draft): void => {
  ;(draft as OpenDraft).state = undefined
}

/**
 * The state of an open draft. Throws for a cluster, which callers without types may hand in where
 * something is written: it would change under everyone who holds it.
 */
export const draftState = (draft: Draft): State => {
  const state = stateOf(draft)
  // The compiler believes the type; at run time this may be a cluster.
  if ((draft as View)._tag !== 'Draft')
    invariant(
      false,
      'a Cluster never changes: write to the draft of `batch(cluster, (draft) => …)`',
    )
  return state
}

/** The working memory for the decisions of this draft. */
export const scratchOf = (draft: Draft): Scratch => (draft as OpenDraft).scratch

/** The change log of this draft and of the clusters that it was made from. */
export const changesOf = (draft: Draft): Changes => (draft as OpenDraft).changes

/** The indexer of this draft; undefined when every decision is a scan. */
export const indexerOf = (draft: Draft): Indexer | undefined => (draft as OpenDraft).indexer

/** A part of the state to write to; copied first when the draft does not own it. */
export const writable = <Name extends PartName>(draft: Draft, name: Name): State[Name] => {
  const open = draft as OpenDraft
  const state = draftState(open)
  if (!open.owns[name]) {
    copyPart(state, name)
    open.owns = { ...open.owns, [name]: true }
  }
  return state[name]
}

/**
 * The state with `loads` and `replicas` ready to be written to. Called for every replica that is
 * bound or evicted, so it checks ownership without copying the ownership record.
 */
export const writableBookings = (draft: Draft): State => {
  const open = draft as OpenDraft
  const state = draftState(open)
  if (!open.owns.loads || !open.owns.replicas) ownBookings(open, state)
  return state
}

/** Apart from `writable`, which copies any part: a bundle that only places needs no other. */
const ownBookings = (open: OpenDraft, state: State): void => {
  if (!open.owns.loads) state.loads = copyLoads(state.loads)
  if (!open.owns.replicas) state.replicas = copyReplicas(state.replicas)
  open.owns = { ...open.owns, loads: true, replicas: true }
}

/** The undo log to write to while a trial is open, else `undefined`. */
export const undoOf = (draft: Draft): Undo | undefined =>
  (draft as OpenDraft).trials > 0 ? (draft as OpenDraft).undo : undefined

/** Records a bind or an eviction for tallies that count trials by their `removal` match. */
export const noteMove = (draft: Draft, move: Move): void => {
  const state = stateOf(draft)
  state.moves = { move, before: state.moves }
}

/**
 * Runs the body on the draft; the body decides whether its changes are kept or rolled back. A body
 * that throws is rolled back. Trials nest.
 *
 * @example
 * ```ts
 * import { batch, cpu, empty, getOrThrow, join, nodeIds, nodeSpecOf, trial } from '@stowage/kernel'
 *
 * batch(empty, (draft) => {
 *   const nodes = trial(draft, (inner) => {
 *     getOrThrow(join(inner, nodeSpecOf('a', [[cpu, 100]])))
 *     return [false, nodeIds(inner).length]
 *   })
 *   console.log(nodes, nodeIds(draft).length)
 * })
 * ```
 * ```text
 * 1 0
 * ```
 */
export const trial = <Answer>(
  draft: Draft,
  body: (draft: Draft) => readonly [keep: boolean, answer: Answer],
): Answer => {
  const open = draft as OpenDraft
  const before = openTrial(open)
  let isCommitted = false
  try {
    const [keep, answer] = body(draft)
    isCommitted = keep
    return answer
  } finally {
    invariant(open.state !== undefined, 'a trial outlived its batch')
    open.trials--
    if (isCommitted) open.owns = mergeOwnership(before.owns, open.owns)
    else rollBack(open, before)
    if (open.trials === 0) {
      open.state.moves = undefined
      open.changes.trialNodes = 0
      clearUndo(open.undo)
      freeRetired(open.state.classes)
    }
  }
}

/** What a rollback restores: the state's parts, and how far the two logs went. */
interface Checkpoint {
  readonly state: State
  readonly owns: Ownership
  readonly undo: UndoMark
  readonly changes: number
}

/**
 * From here on all parts except replicas and loads count as not owned, so that the first write to
 * one makes a copy.
 */
const openTrial = (open: OpenDraft): Checkpoint => {
  const { owns, undo, changes } = open
  const before = {
    state: { ...draftState(open) },
    owns,
    undo: markOf(undo),
    changes: changes.count,
  }
  open.owns = { ...ownsNothing, loads: owns.loads, replicas: owns.replicas }
  open.trials++
  return before
}

const rollBack = (open: OpenDraft, before: Checkpoint): void => {
  const state = stateOf(open)
  const { loads, replicas } = state
  undoTo(open.undo, before.undo, state)
  open.state = { ...before.state, loads, replicas }
  open.owns = {
    ...before.owns,
    loads: open.owns.loads,
    replicas: open.owns.replicas,
  }
  noteRollback(open.changes, before.changes, before.state.classes.classes)
}

const mergeOwnership = (one: Ownership, other: Ownership): Ownership => {
  const owned = { ...one }
  for (const name of Object.keys(owned) as PartName[]) owned[name] ||= other[name]
  return owned
}
