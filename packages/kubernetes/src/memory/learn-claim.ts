/**
 * Applies reports about PersistentVolumeClaims to the controllers' memory (their state): adds an
 * unknown claim, and marks a deleted claim.
 */
import { valueAt } from '@stowage/documents'
import { renderValue, withChanges, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { wireOf } from '../read/admitted.js'
import { fullName } from '../workload/workload.js'
import { readObjects } from '../words/object.js'
import { withNote, type ClaimRecord, type KubernetesMemory } from './memory.js'
import type { ReportSubject } from './read-report.js'

/** The memory with a claim. */
export const withClaimReport = (
  memory: KubernetesMemory,
  { name, title }: ReportSubject,
  report: unknown,
): E.Either<MalformedValue, KubernetesMemory> => {
  const { bad, objects } = readObjects({ from: title, value: report })
  const [fault] = bad
  if (fault !== undefined)
    return E.left({ at: fault.at, found: fault.found, expected: fault.expected })
  const [found] = objects
  if (found?.kind !== 'PersistentVolumeClaim' || objects.length > 1)
    return E.left({
      ...{ at: ['kind'], found: renderValue(valueAt(report, ['kind'])) },
      expected: 'PersistentVolumeClaim',
    })
  const { metadata } = found.object
  if (fullName(metadata) !== name)
    return E.left({
      ...{ at: ['metadata', 'name'], found: renderValue(fullName(metadata)) },
      expected: `${name}, which the report is about`,
    })
  const known = memory.claims.get(name)
  const stored = wireOf(found).object
  const claim = known ?? {
    ...(stored === undefined ? {} : { stored }),
    ...{ name, namespace: name.slice(0, name.indexOf('/')), pod: undefined, owner: undefined },
    isLeaving: metadata.deletionTimestamp !== undefined,
  }
  return E.right(withRecord(memory, claim))
}

const withRecord = (memory: KubernetesMemory, claim: ClaimRecord): KubernetesMemory =>
  withNote(
    { ...memory, claims: withChanges(memory.claims, [[claim.name, claim]]) },
    { _tag: 'ClaimNote', name: claim.name },
  )

/** The memory in which a claim was deleted; it goes once no pod uses it. */
export const withoutClaim = (memory: KubernetesMemory, name: string): KubernetesMemory => {
  const claim = memory.claims.get(name)
  return claim === undefined ? memory : withRecord(memory, { ...claim, isLeaving: true })
}
