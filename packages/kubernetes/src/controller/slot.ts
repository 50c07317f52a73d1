/**
 * Creates pods that have a slot each (an ordinal of a StatefulSet, a node of a DaemonSet, a number
 * in a Job). A created pod waits in its slot until it has a node; until then it can be withdrawn.
 */
import type { NodeId } from '@stowage/kernel'
import { podNamed, slottedIn, type MemoryEdit } from '../memory/edit.js'
import { makeClaims } from './claims.js'
import { allowPods } from '../memory/quota-use.js'
import type { SlottedRecord, TemplateRecord, WaitingSlot } from '../memory/memory.js'

/** The owner of a pod in orders: the workload, `#` and the slot. */
export const slotOwner = (title: string, slot: number): string => `${title}#${slot}`

/** The workload and the slot of an owner; `undefined` for an owner without one. */
export const slotOfOwner = (
  owner: string,
): { readonly title: string; readonly key: number } | undefined => {
  const at = owner.indexOf('#')
  return at < 0 ? undefined : { title: owner.slice(0, at), key: Number(owner.slice(at + 1)) }
}

/** Lets a pod wait in a slot; `false` when the API server refuses it. */
export const startSlot = (
  edit: MemoryEdit,
  title: string,
  key: number,
  template: TemplateRecord,
): boolean => {
  const record = slottedIn(edit, title)!
  if (template.refusal !== undefined) return false
  const failure = makeClaims(edit, record, key) ?? takenName(edit, record, key)
  const { count, refusal } =
    failure === undefined ? allowPods(edit, record, template, 1) : { count: 0, refusal: failure }
  if (refusal !== undefined && !edit.attempts.has(title)) edit.attempts.set(title, refusal)
  if (count === 0) return false
  waitInSlot(edit, record, key, template)
  return true
}

/** Why the pod of an ordinal cannot be made when another pod has its name. */
const takenName = (
  edit: MemoryEdit,
  { name, namespace, ordinals }: SlottedRecord,
  key: number,
): string | undefined => {
  const pod = `${name}-${key}`
  return ordinals === undefined || podNamed(edit, pod) === undefined
    ? undefined
    : `pods "${pod.slice(namespace.length + 1)}" already exists`
}

/** Lets a pod wait in a slot that the API server has taken in. */
export const waitInSlot = (
  edit: MemoryEdit,
  record: SlottedRecord,
  key: number,
  template: TemplateRecord,
): void => {
  const { class: classId } = edit.before.classes.get(template.classKey)!
  putWaiting(edit, record.title, key, { class: classId, text: template.text })
  const isDaemon = record.daemon !== undefined
  edit.slotOrders.push({
    ...{ _tag: 'Start', owner: slotOwner(record.title, key), class: classId },
    ...(template.isGated ? { only: [] } : isDaemon ? { only: [key as NodeId] } : {}),
  })
}

/** Gives up the pod that waits in a slot. */
export const withdrawSlot = (
  edit: MemoryEdit,
  { title, waiting }: SlottedRecord,
  key: number,
): void => {
  const { class: classId } = waiting.get(key)!
  const owner = slotOwner(title, key)
  const given = edit.slotOrders.findIndex((one) => one._tag === 'Start' && one.owner === owner)
  if (given >= 0) edit.slotOrders.splice(given, 1)
  else edit.slotOrders.push({ _tag: 'Withdraw', owner, class: classId })
  edit.quotas.isFreed = true
  putWaiting(edit, title, key, undefined)
}

/** Changes what waits in a slot. */
export const putWaiting = (
  edit: MemoryEdit,
  title: string,
  key: number,
  slot: WaitingSlot | undefined,
): void => {
  const record = slottedIn(edit, title)
  if (record === undefined) return
  const waiting = new Map(record.waiting)
  if (slot === undefined) waiting.delete(key)
  else waiting.set(key, slot)
  edit.slotted.set(title, { ...record, waiting })
  edit.writes++
}
