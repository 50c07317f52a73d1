/**
 * The next cluster while it is being made. A draft is exclusively owned, never leaves `batch`, and
 * copies each part of the old value when it first writes to it. What a trial does to replicas is
 * noted and undone; of all else it opens by owning nothing, so that what it writes is copied once
 * more and what was there before can be put back.
 */
import { newChanges, noteRollback, type Changes } from './changes.js'
import { stateOf, seal, type Cluster, type Sealed, type Draft } from './cluster.js'
import { invariant } from './invariant.js'
import { ownsNothing, copyPart, type Ownership, type PartName, type State } from './state.js'
import { newScratch, type Scratch } from './scratch.js'
import type { Move } from './trial-moves.js'
import { undoTo, type Undo } from './undo.js'

export type { Draft } from './cluster.js'

interface OpenDraft extends Draft {
  state: State | undefined
  ownership: Ownership
  trials: number
  /** Empty but while a trial is open. */
  readonly undo: Undo
  readonly scratch: Scratch
  readonly changes: Changes
}

/**
 * What a taken cluster owned, the draft owns; with a cluster that stays, the draft shares all
 * parts, so that neither owns one.
 */
export const openDraft = (before: Cluster): Draft => {
  const sealed = before as Sealed
  const draft: OpenDraft = {
    _tag: 'Draft',
    state: { ...stateOf(before) },
    ownership: sealed.isTaken ? sealed.ownership : ownsNothing,
    trials: 0,
    undo: [],
    scratch: newScratch(),
    changes: sealed.changes ?? newChanges(),
  }
  sealed.changes = undefined
  if (sealed.isTaken) sealed.state = undefined
  else sealed.ownership = ownsNothing
  return draft
}

/** Ends the draft; what it holds becomes the next cluster. */
export const sealDraft = (draft: Draft, version: number): Cluster => {
  const state = stateOf(draft)
  closeDraft(draft)
  return seal(state, version, (draft as OpenDraft).ownership, false, changesOf(draft))
}

/** Any later use of the draft throws. */
export const closeDraft = (draft: Draft): void => {
  ;(draft as OpenDraft).state = undefined
}

/** The memory that decisions in this draft work in. */
export const scratchOf = (draft: Draft): Scratch => (draft as OpenDraft).scratch

/** What moved in this draft and in those that it came from. */
export const changesOf = (draft: Draft): Changes => (draft as OpenDraft).changes

/** A part to write to: the old value's is copied first. */
export const writable = <Name extends PartName>(draft: Draft, name: Name): State[Name] => {
  const open = draft as OpenDraft
  const state = stateOf(open)
  if (!open.ownership[name]) {
    copyPart(state, name)
    open.ownership = { ...open.ownership, [name]: true }
  }
  return state[name]
}

/**
 * The parts, of which what stands on the nodes may be written to: in one look, as every event comes
 * by here.
 */
export const writableBookings = (draft: Draft): State => {
  const { ownership } = draft as OpenDraft
  if (!ownership.loads) writable(draft, 'loads')
  if (!ownership.replicas) writable(draft, 'replicas')
  return stateOf(draft)
}

/** Where to note how a change is undone; nothing while no trial is open. */
export const undoOf = (draft: Draft): Undo | undefined =>
  (draft as OpenDraft).trials > 0 ? (draft as OpenDraft).undo : undefined

/** Notes what was bound or stopped, while a trial is open. */
export const noteMove = (draft: Draft, move: Move): void => {
  const state = stateOf(draft)
  state.trialMoves = { move, before: state.trialMoves }
}

/**
 * Runs the body on the draft and keeps what it did, or puts everything back as it was, as the body
 * says. When the body throws, everything is put back. Trials nest.
 */
export const trial = <Answer>(
  draft: Draft,
  body: (draft: Draft) => readonly [keep: boolean, answer: Answer],
): Answer => {
  const open = draft as OpenDraft
  const before = openTrial(open)
  let isKept = false
  try {
    const [keep, answer] = body(draft)
    isKept = keep
    return answer
  } finally {
    invariant(open.state !== undefined, 'a trial outlived its batch')
    open.trials--
    if (isKept) open.ownership = mergeOwnership(before.ownership, open.ownership)
    else rollBack(open, before)
    if (open.trials === 0) {
      open.state.trialMoves = undefined
      open.undo.length = 0
    }
  }
}

interface Checkpoint {
  readonly state: State
  readonly ownership: Ownership
  readonly undo: number
  readonly changes: number
}

const openTrial = (open: OpenDraft): Checkpoint => {
  const { ownership, undo, changes } = open
  const before = {
    state: { ...stateOf(open) },
    ownership,
    undo: undo.length,
    changes: changes.count,
  }
  open.ownership = { ...ownsNothing, loads: ownership.loads, replicas: ownership.replicas }
  open.trials++
  return before
}

const rollBack = (open: OpenDraft, before: Checkpoint): void => {
  const state = stateOf(open)
  const { loads, replicas } = state
  undoTo(open.undo, before.undo, state)
  open.state = { ...before.state, loads, replicas }
  open.ownership = {
    ...before.ownership,
    loads: open.ownership.loads,
    replicas: open.ownership.replicas,
  }
  noteRollback(open.changes, before.changes, before.state.classes.classes.length)
}

const mergeOwnership = (one: Ownership, other: Ownership): Ownership => {
  const owned = { ...one }
  for (const name of Object.keys(owned) as PartName[]) owned[name] ||= other[name]
  return owned
}
