/**
 * Counts what pods and claims use of the ResourceQuotas of their namespaces: pods until they are
 * gone or have ended, claims until they are gone. Also schedules when a controller whose pod was
 * refused tries again: after 5 ms, then twice as long each time, up to 1000 s.
 *
 * Source: Kubernetes documentation, "Resource Quotas".
 */
import { instant, later, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { setsWithinQuotas, withinQuotas, withUsage, type QuotaUsage } from '../admission/quota.js'
import { forbiddenObject, refusalText } from '../admission/refusal.js'
import type { WireObject } from '../wire/objects.js'
import { allClaims, allPods, allSets, allSlotted, type MemoryEdit } from './edit.js'
import type { PodRefusal, TemplateRecord } from './memory.js'
import { hasEndedPhase } from './pod-life.js'

/** So many of the pods may be made, and why no more. */
export interface PodAllowance {
  readonly count: number
  readonly refusal?: string
}

/** Counts up to `countMax` pods that a controller makes of a template. */
export const allowPods = (
  edit: MemoryEdit,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  { stored }: Pick<TemplateRecord, 'stored'>,
  countMax: number,
): PodAllowance => {
  const { quotas } = edit
  if (stored === undefined || quotas.cluster.quotas.length === 0) return { count: countMax }
  const generateName = `${name.slice(namespace.length + 1)}-`
  const pod = { ...stored, metadata: { ...stored.metadata, generateName } }
  const used = quotas.used ?? usageIn(edit)
  const room = setsWithinQuotas([pod], quotas.cluster, used, countMax)
  quotas.used = room.used
  if (room.forbidden === undefined) return { count: room.count }
  const { object, why } = room.forbidden
  return { count: room.count, refusal: refusalText(forbiddenObject(object, why)) }
}

/** Counts a claim that is made, where quotas let it; else returns why they do not. */
export const allowClaim = (edit: MemoryEdit, claim: WireObject): string | undefined => {
  const { quotas } = edit
  if (quotas.cluster.quotas.length === 0) return undefined
  const counted = withinQuotas(claim, quotas.cluster, quotas.used ?? usageIn(edit))
  if (E.isLeft(counted)) return refusalText(forbiddenObject(claim, counted.left))
  quotas.used = counted.right
  return undefined
}

/** What is used by the claims and pods that there are, those that wait for a node among them. */
const usageIn = (edit: MemoryEdit): QuotaUsage => {
  const { cluster } = edit.quotas
  const counts = new Map<WireObject, number>()
  const add = (pod: WireObject | undefined, count: number): void => {
    if (pod !== undefined && count > 0) counts.set(pod, (counts.get(pod) ?? 0) + count)
  }
  for (const { stored } of allClaims(edit)) add(stored, 1)
  for (const { stored, phase } of allPods(edit)) if (!hasEndedPhase(phase)) add(stored, 1)
  for (const { template, waiting } of allSets(edit))
    for (const { count } of waiting) add(template.stored, count)
  for (const { template, current, waiting } of allSlotted(edit))
    for (const { text } of waiting.values())
      add((text === current.text ? current : template).stored, 1)
  return [...counts].reduce<QuotaUsage>(
    (used, [pod, count]) => withUsage(pod, cluster, used, count),
    new Map(),
  )
}

/** The title under which an attempt of an object is due. */
export const attemptTitle = (title: string): string => `${attemptPrefix}${title}`

const attemptPrefix = 'Attempt '

/** The object whose attempt is due under a title; `undefined` for any other title. */
export const objectOfAttempt = (title: string): string | undefined =>
  title.startsWith(attemptPrefix) ? title.slice(attemptPrefix.length) : undefined

/** Notes that pods of an object were refused in this pass, or no longer. */
export const noteRefusal = (edit: MemoryEdit, title: string, message: string | undefined): void => {
  const before = refusalIn(edit, title)
  if (message === undefined) {
    if (before === undefined) return
    edit.refusals.set(title, undefined)
    edit.dues.set(attemptTitle(title), undefined)
  } else {
    if (edit.refusals.get(title) !== undefined) return
    edit.refusals.set(title, failedOnce(before, message, edit.now))
  }
  edit.writes++
}

/** Why pods of an object are refused, as it is now. */
export const refusalIn = (edit: MemoryEdit, title: string): PodRefusal | undefined =>
  edit.refusals.has(title) ? edit.refusals.get(title) : edit.before.refusals.get(title)

/** Lets each refused object try again, at its next attempt, where something was freed. */
export const orderAttempts = (edit: MemoryEdit): void => {
  const hasChanged = edit.quotas.isFreed || edit.before.limits !== edit.quotas.limits
  if (!hasChanged) return
  for (const title of new Set([...edit.before.refusals.keys(), ...edit.refusals.keys()])) {
    const refusal = refusalIn(edit, title)
    if (refusal === undefined) continue
    const next = nextAttempt(refusal, edit.now)
    edit.refusals.set(title, next)
    edit.dues.set(attemptTitle(title), next.attemptAt)
  }
}

const firstDelay = 5
const delayMax = 1_000_000

/** How long after so many failures the next attempt is, in milliseconds. */
const delayAfter = (failures: number): number => {
  let delay = firstDelay
  for (let i = 1; i < failures && delay < delayMax; i++) delay *= 2
  return Math.min(delayMax, delay)
}

/** The refusal when all attempts up to an instant have failed: the next one is after it. */
export const nextAttempt = (refusal: PodRefusal, now: Instant): PodRefusal => {
  let { failures, attemptAt } = refusal
  while (attemptAt <= now) attemptAt = later(attemptAt, delayAfter(++failures))
  return { ...refusal, failures, attemptAt }
}

/** The refusal after one more sync that failed; an attempt that is due before stays due. */
const failedOnce = (before: PodRefusal | undefined, message: string, now: Instant): PodRefusal => {
  if (before === undefined) return { message, failures: 1, attemptAt: later(now, delayAfter(1)) }
  const known = nextAttempt(before, instant(now - 1))
  const failures = known.failures + 1
  const due = later(now, delayAfter(failures))
  const attemptAt = known.attemptAt > now && known.attemptAt < due ? known.attemptAt : due
  return { ...known, failures, attemptAt }
}
