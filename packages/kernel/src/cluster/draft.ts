/**
 * The next cluster while it is being made. A draft is exclusively owned, never leaves `batch`, and
 * copies each part of the old value when it first writes to it. What a trial does to replicas is
 * noted and undone; of all else it opens by owning nothing, so that what it writes is copied once
 * more and what was there before can be put back.
 */
import { newChanges, noteUndone, type Changes } from './changes.js'
import { stateOf, seal, type Cluster, type Sealed } from './cluster.js'
import { invariant } from './invariant.js'
import { noPart, renewPart, type Owned, type PartName, type State } from './parts.js'
import { newScratch, type Scratch } from './scratch.js'
import type { Move } from './tried.js'
import { undoTo, type Undo } from './undo.js'

export interface Draft {
  readonly _tag: 'Draft'
}

interface Open extends Draft {
  parts: State | undefined
  owned: Owned
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
  const draft: Open = {
    _tag: 'Draft',
    parts: { ...stateOf(before) },
    owned: sealed.taken ? sealed.owned : noPart,
    trials: 0,
    undo: [],
    scratch: newScratch(),
    changes: sealed.changes ?? newChanges(),
  }
  sealed.changes = undefined
  if (sealed.taken) sealed.parts = undefined
  else sealed.owned = noPart
  return draft
}

/** Ends the draft; what it holds becomes the next cluster. */
export const sealDraft = (draft: Draft, version: number): Cluster => {
  const parts = stateOf(draft)
  closeDraft(draft)
  return seal(parts, version, (draft as Open).owned, false, changesOf(draft))
}

/** Any later use of the draft throws. */
export const closeDraft = (draft: Draft): void => {
  ;(draft as Open).parts = undefined
}

/** The memory that decisions in this draft work in. */
export const scratchOf = (draft: Draft): Scratch => (draft as Open).scratch

/** What moved in this draft and in those that it came from. */
export const changesOf = (draft: Draft): Changes => (draft as Open).changes

/** A part to write to: the old value's is copied first. */
export const writable = <Name extends PartName>(draft: Draft, name: Name): State[Name] => {
  const open = draft as Open
  const parts = stateOf(open)
  if (!open.owned[name]) {
    renewPart(parts, name)
    open.owned = { ...open.owned, [name]: true }
  }
  return parts[name]
}

/**
 * The parts, of which what stands on the nodes may be written to: in one look, as every event comes
 * by here.
 */
export const standingToWrite = (draft: Draft): State => {
  const { owned } = draft as Open
  if (!owned.loads) writable(draft, 'loads')
  if (!owned.replicas) writable(draft, 'replicas')
  return stateOf(draft)
}

/** Where to note how a change is undone; nothing while no trial is open. */
export const undoOf = (draft: Draft): Undo | undefined =>
  (draft as Open).trials > 0 ? (draft as Open).undo : undefined

/** Notes what was bound or stopped, while a trial is open. */
export const noteMove = (draft: Draft, move: Move): void => {
  const parts = stateOf(draft)
  parts.tried = { move, before: parts.tried }
}

/**
 * Runs the body on the draft and keeps what it did, or puts everything back as it was, as the body
 * says. When the body throws, everything is put back. Trials nest.
 */
export const trial = <Answer>(
  draft: Draft,
  body: (draft: Draft) => readonly [keep: boolean, answer: Answer],
): Answer => {
  const open = draft as Open
  const before = begin(open)
  let kept = false
  try {
    const [keep, answer] = body(draft)
    kept = keep
    return answer
  } finally {
    invariant(open.parts !== undefined, 'a trial outlived its batch')
    open.trials--
    if (kept) open.owned = either(before.owned, open.owned)
    else rollBack(open, before)
    if (open.trials === 0) {
      open.parts.tried = undefined
      open.undo.length = 0
    }
  }
}

interface Before {
  readonly parts: State
  readonly owned: Owned
  readonly undo: number
  readonly changes: number
}

const begin = (open: Open): Before => {
  const { owned, undo, changes } = open
  const before = { parts: { ...stateOf(open) }, owned, undo: undo.length, changes: changes.count }
  open.owned = { ...noPart, loads: owned.loads, replicas: owned.replicas }
  open.trials++
  return before
}

const rollBack = (open: Open, before: Before): void => {
  const parts = stateOf(open)
  const { loads, replicas } = parts
  undoTo(open.undo, before.undo, parts)
  open.parts = { ...before.parts, loads, replicas }
  open.owned = { ...before.owned, loads: open.owned.loads, replicas: open.owned.replicas }
  noteUndone(open.changes, before.changes, before.parts.classes.classes.length)
}

const either = (one: Owned, other: Owned): Owned => {
  const owned = { ...one }
  for (const name of Object.keys(owned) as PartName[]) owned[name] ||= other[name]
  return owned
}
