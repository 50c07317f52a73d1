/**
 * Tests which disks two pods on one node may not share, against the documentation. The recorded
 * answers of kube-scheduler cover ReadWriteOncePod claims.
 */
import { decodeValue } from '@stowage/documents'
import {
  batch,
  bind,
  getOrThrow,
  define,
  empty,
  explain,
  join,
  wordText,
  type ClassSpec,
  type Draft,
  type Filter,
} from '@stowage/kernel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { defaultArgs } from '../plugin/profile.js'
import { nothingElse, surroundingsOf } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { PersistentVolumeClaim } from '../words/persistent-volume.js'
import { PodSpec } from '../words/pod.js'
import type { Volume } from '../words/volume.js'
import { restrictionFacts, restrictionFilters } from './restriction.js'
import { noStorage } from '../surroundings/storage.js'

const name = fc.constantFrom('x', 'y')
const readOnly = fc.constantFrom(true, false, undefined)
const disks = fc.array(
  fc.oneof(
    fc.record({ gcePersistentDisk: fc.record({ pdName: name, readOnly }) }),
    fc.record({ awsElasticBlockStore: fc.record({ volumeID: name, readOnly }) }),
    fc.record({ iscsi: fc.record({ iqn: name, readOnly }) }),
    fc.record({
      rbd: fc.record({
        monitors: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
        pool: fc.constantFrom('rbd', 'fast', undefined),
        image: name,
        readOnly,
      }),
    }),
  ),
  { maxLength: 2 },
)

const podWith = (volumes: readonly object[]): PodLike => ({
  namespace: 'default',
  labels: new Map(),
  spec: getOrThrow(decodeValue(PodSpec, { containers: [{ name: 'main' }], volumes })),
  ownerSelector: undefined,
})

const clash = (one: Volume, other: Volume): boolean => {
  const bothRead = (
    a: { readonly readOnly: boolean | undefined },
    b: { readonly readOnly: boolean | undefined },
  ) => a.readOnly === true && b.readOnly === true
  const [gce, otherGce] = [one.gcePersistentDisk, other.gcePersistentDisk]
  if (gce && otherGce) return gce.pdName === otherGce.pdName && !bothRead(gce, otherGce)
  const [aws, otherAws] = [one.awsElasticBlockStore, other.awsElasticBlockStore]
  if (aws && otherAws) return aws.volumeID === otherAws.volumeID
  if (one.iscsi && other.iscsi)
    return one.iscsi.iqn === other.iscsi.iqn && !bothRead(one.iscsi, other.iscsi)
  const [rbd, otherRbd] = [one.rbd, other.rbd]
  if (rbd === undefined || otherRbd === undefined) return false
  return (
    rbd.monitors.some((monitor) => otherRbd.monitors.includes(monitor)) &&
    (rbd.pool ?? 'rbd') === (otherRbd.pool ?? 'rbd') &&
    rbd.image === otherRbd.image &&
    !bothRead(rbd, otherRbd)
  )
}

type Filters = (draft: Draft, pod: PodLike) => readonly Filter[]
const asIs: Filters = (draft, pod) =>
  restrictionFilters({ draft, pod, around: surroundingsOf([], nothingElse), args: defaultArgs })
/** As if all disks that can be read only were written. */
const writing: Filters = (draft, { spec, ...pod }) => {
  const written = <Disk extends object>(disk: Disk | undefined) =>
    disk && { ...disk, readOnly: false }
  const volumes = spec.volumes.map(
    (volume): Volume => ({
      ...volume,
      gcePersistentDisk: written(volume.gcePersistentDisk),
      iscsi: written(volume.iscsi),
      rbd: written(volume.rbd),
    }),
  )
  return asIs(draft, { ...pod, spec: { ...spec, volumes } })
}

const agrees = (filters: Filters) =>
  fc.property(disks, disks, (there, wanted) => {
    const [standing, asking] = [podWith(there), podWith(wanted)]
    const [, fits] = batch(empty, (draft) => {
      const classFor = (parts: Pick<ClassSpec, 'facts' | 'filters'>) =>
        getOrThrow(
          define(draft, {
            ...parts,
            occupies: [],
            choice: { _tag: 'Sum', scores: [], tie: 'rank' },
            priority: 0,
          }),
        )
      const node = getOrThrow(join(draft, { name: 'a', capacity: [], attributes: [], marks: [] }))
      const facts = [...new Set(restrictionFacts(draft, standing, noStorage))]
      bind(draft, classFor({ facts, filters: [] }), node, 'running')
      const asked = classFor({ facts: [], filters: filters(draft, asking) })
      return explain(draft, { class: asked }).chosen !== undefined
    })
    const isFree = !asking.spec.volumes.some((own) =>
      standing.spec.volumes.some((other) => clash(own, other)),
    )
    return fits === isFree
  })

/** Whether a pod with these volumes keeps away from a node where another of its kind is. */
const clashes = (pod: PodLike, storage = noStorage): boolean => {
  const around = { ...surroundingsOf([], nothingElse), storage }
  return batch(empty, (draft) => {
    const asked = { draft, pod, around, args: defaultArgs }
    const facts = restrictionFacts(draft, pod, storage)
    return restrictionFilters(asked).some(
      (filter) =>
        filter._tag === 'Limit' &&
        filter.tally.facts._tag === 'Some' &&
        filter.tally.facts.of.some((fact) => fact._tag === 'Fact' && facts.includes(fact.word)),
    )
  })[1]
}

describe('claims of one pod at a time', () => {
  const spec = { accessModes: ['ReadWriteOncePod'] }
  const claim = getOrThrow(decodeValue(PersistentVolumeClaim, { metadata: { name: 'c' }, spec }))
  const storage = { ...noStorage, claims: new Map([['default/c', claim]]) }
  it('keep two pods apart that name one', () => {
    const naming = podWith([{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }])
    expect(clashes(naming, storage)).toBe(true)
    expect(clashes(naming)).toBe(false)
  })
  it('do not keep pods of a template apart each of which has its own', () => {
    expect(clashes(podWith([{ name: 'v', ephemeral: { volumeClaimTemplate: { spec } } }]))).toBe(
      false,
    )
  })
})

describe('disks', () => {
  it('clash where one writes, and some kinds in any case', () => {
    fc.assert(agrees(asIs), { numRuns: 300 })
  })
  it('of Ceph are in the pool rbd where none is named', () => {
    const disk = (pool?: string) => podWith([{ rbd: { monitors: ['m'], image: 'i', pool } }])
    const factsOf = (pod: PodLike) =>
      batch(empty, (draft) =>
        [...restrictionFacts(draft, pod, noStorage)].map((fact) => wordText(draft, fact)),
      )[1]
    expect(factsOf(disk())).toEqual(factsOf(disk('rbd')))
    expect(factsOf(disk())).not.toEqual(factsOf(disk('fast')))
  })
  it('would clash more often if readers wrote', () => {
    expect(isRefuted(agrees(writing))).toBe(true)
  })
})
