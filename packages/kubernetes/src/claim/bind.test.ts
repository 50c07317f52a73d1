/**
 * Tests which claims are bound to which volumes before any pod is scheduled: by examples, and on
 * random small clusters against a slow reference implementation, which follows the controller's
 * steps.
 */
import { decodeValue } from '@stowage/documents'
import { byCodeUnit, getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBound, noStorage, volumeNameOf, type Storage } from '../surroundings/storage.js'
import { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import { StorageClass } from '../words/storage.js'
import { bindClaims } from './bind.js'

interface WrittenClaim {
  readonly name: string
  readonly uid?: string
  readonly created?: string
  readonly className?: string
  readonly size?: number
  readonly modes?: readonly string[]
  readonly volumeMode?: string
  readonly volume?: string
  readonly selector?: string
  readonly completed?: boolean
}
interface WrittenVolume {
  readonly name: string
  readonly className?: string
  readonly size?: number
  readonly modes?: readonly string[]
  readonly volumeMode?: string
  readonly claim?: string
  readonly uid?: string
  readonly phase?: string
  readonly label?: string
  readonly deleted?: boolean
}
type Mode = 'waits' | 'immediate' | 'no provisioner'

const gi = (size: number): string => `${size}Gi`

const decodedClaim = (one: WrittenClaim): PersistentVolumeClaim =>
  getOrThrow(
    decodeValue(PersistentVolumeClaim, {
      metadata: {
        name: one.name,
        uid: one.uid,
        creationTimestamp: one.created,
        annotations: one.completed === true ? { 'pv.kubernetes.io/bind-completed': 'yes' } : {},
      },
      spec: {
        accessModes: one.modes ?? ['ReadWriteOnce'],
        resources: { requests: { storage: gi(one.size ?? 1) } },
        storageClassName: one.className,
        volumeMode: one.volumeMode,
        volumeName: one.volume,
        selector: one.selector === undefined ? undefined : { matchLabels: { a: one.selector } },
      },
    }),
  )
const decodedVolume = (one: WrittenVolume): PersistentVolume =>
  getOrThrow(
    decodeValue(PersistentVolume, {
      metadata: {
        name: one.name,
        labels: one.label === undefined ? {} : { a: one.label },
        deletionTimestamp: one.deleted === true ? '2026-01-01T00:00:00Z' : undefined,
      },
      spec: {
        accessModes: one.modes ?? ['ReadWriteOnce'],
        capacity: { storage: gi(one.size ?? 1) },
        storageClassName: one.className,
        volumeMode: one.volumeMode,
        claimRef:
          one.claim === undefined
            ? undefined
            : { namespace: 'default', name: one.claim, uid: one.uid },
      },
      status: one.phase === undefined ? undefined : { phase: one.phase },
    }),
  )
const decodedClass = (name: string, mode: Mode, isDefault = false): StorageClass =>
  getOrThrow(
    decodeValue(StorageClass, {
      metadata: {
        name,
        annotations: isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {},
      },
      provisioner: mode === 'no provisioner' ? 'kubernetes.io/no-provisioner' : 'csi.example.com',
      volumeBindingMode: mode === 'waits' ? 'WaitForFirstConsumer' : 'Immediate',
    }),
  )

const storageOf = (
  claims: readonly WrittenClaim[],
  volumes: readonly WrittenVolume[],
  classes: readonly StorageClass[] = [],
): Storage => ({
  ...noStorage,
  claims: new Map(claims.map((one) => [`default/${one.name}`, decodedClaim(one)])),
  volumes: new Map(volumes.map((one) => [one.name, decodedVolume(one)])),
  classes: new Map(classes.map((one) => [one.metadata.name, one])),
})

/** The volume of each bound claim, by the claim's name. */
const bindingsIn = ({ claims }: Storage): ReadonlyMap<string, string> =>
  new Map(
    [...claims.values()].flatMap((claim) =>
      isBound(claim) ? [[claim.metadata.name, volumeNameOf(claim)] as const] : [],
    ),
  )
const bound = (...input: Parameters<typeof storageOf>) =>
  Object.fromEntries(bindingsIn(bindClaims(storageOf(...input)).storage))
const unbound = (...input: Parameters<typeof storageOf>) =>
  Object.fromEntries(bindClaims(storageOf(...input)).unbound)

describe('a claim that names no volume', () => {
  it('is bound to the smallest volume that fits, of equal ones to the first by name', () => {
    const volumes = [
      { name: 'large', size: 9 },
      { name: 'b', size: 3 },
      { name: 'a', size: 3 },
      { name: 'small', size: 1 },
    ]
    expect(bound([{ name: 'c', size: 2, className: '' }], volumes)).toEqual({ c: 'a' })
  })
  it('is bound to a volume of fewer access modes before a smaller or a reserved one', () => {
    const many = ['ReadWriteOnce', 'ReadWriteMany']
    expect(
      bound(
        [{ name: 'c' }],
        [
          { name: 'few', size: 9 },
          { name: 'many', modes: many },
          { name: 'own', modes: many, claim: 'c' },
        ],
      ),
    ).toEqual({ c: 'few' })
  })
  it('is bound to the volume that is reserved for it, whatever the class of that', () => {
    expect(
      bound(
        [{ name: 'c', className: 'x' }],
        [
          { name: 'other', className: 'x' },
          { name: 'own', size: 9, className: 'y', claim: 'c' },
        ],
      ),
    ).toEqual({ c: 'own' })
  })
  it.each([
    ['too small', { size: 1 }, {}],
    ['of another class', { className: 'other' }, {}],
    ['of another volume mode', { volumeMode: 'Block' }, {}],
    ['without the access mode', { modes: ['ReadOnlyMany'] }, {}],
    ['without the label', {}, { selector: 'ssd' }],
    ['with another label', { label: 'hdd' }, { selector: 'ssd' }],
    ['of another claim', { claim: 'other' }, {}],
    ['of an older claim of this name', { claim: 'c', uid: 'old' }, {}],
    [
      'of an older claim of this name, released',
      { claim: 'c', uid: 'old', phase: 'Bound' },
      { uid: 'new' },
    ],
    ['being deleted', { deleted: true }, {}],
  ])('is not bound to a volume %s', (_, volume, claim) => {
    const given = { name: 'c', size: 2, className: 'manual', ...claim }
    expect(bound([given], [{ name: 'v', size: 2, className: 'manual', ...volume }])).toEqual({})
  })
  it('is bound to its volume again when the manifest has no uid', () => {
    const volume = { name: 'v', claim: 'c', uid: 'old', phase: 'Bound' }
    expect(bound([{ name: 'c' }], [volume])).toEqual({ c: 'v' })
    expect(bound([{ name: 'c', volume: 'v' }], [volume])).toEqual({ c: 'v' })
  })
  it('gets a released volume once its claimRef is taken away', () => {
    expect(bound([{ name: 'c' }], [{ name: 'v', phase: 'Released' }])).toEqual({ c: 'v' })
  })
  it('is bound after older ones, and by name', () => {
    const claims = [
      { name: 'a' },
      { name: 'b', uid: '2', created: '2026-02-01T00:00:00Z' },
      { name: 'c', uid: '1', created: '2026-01-01T00:00:00Z' },
    ]
    const volumes = ['u', 'v', 'w'].map((name) => ({ name }))
    expect(bound(claims, volumes)).toEqual({ c: 'u', b: 'v', a: 'w' })
  })
})

describe('a claim that names a volume', () => {
  const named = { name: 'c', volume: 'v', size: 2 }
  it('is bound to it before others take it, whatever its labels', () => {
    const other = { name: 'a', size: 1 }
    expect(bound([other, { ...named, selector: 'x' }], [{ name: 'v', size: 2 }])).toEqual({
      c: 'v',
    })
  })
  it('is bound to a volume that is reserved for it, even if that is too small', () => {
    expect(bound([named], [{ name: 'v', size: 1, claim: 'c' }])).toEqual({ c: 'v' })
  })
  it('says why it is not', () => {
    const why = (...volumes: readonly WrittenVolume[]) => unbound([named], volumes)['default/c']
    expect(why()).toEqual({ _tag: 'VolumeMissing', volume: 'v' })
    expect(why({ name: 'v', size: 2, claim: 'other', uid: 'u' })).toEqual({
      ...{ _tag: 'VolumeTaken', volume: 'v', by: 'default/other of uid u' },
    })
    const misfits = [
      [{ size: 1 }, 'it is too small'],
      [{ className: 'x' }, 'its storageClassName is x, not empty'],
      [{ volumeMode: 'Block' }, 'its volumeMode is Block, not Filesystem'],
      [{ modes: ['ReadWriteMany'] }, 'it lacks the access mode ReadWriteOnce'],
      [{ deleted: true }, 'it is being deleted'],
    ] as const
    for (const [volume, misfit] of misfits)
      expect(why({ name: 'v', size: 2, ...volume })).toEqual({
        ...{ _tag: 'VolumeMisfit', volume: 'v', misfit },
      })
  })
})

describe('a claim without a volume', () => {
  const claim = { name: 'c', className: 'x' }
  it('gets a new one at once from a class that binds immediately', () => {
    const { storage } = bindClaims(storageOf([claim], [], [decodedClass('x', 'immediate')]))
    expect(Object.fromEntries(bindingsIn(storage))).toEqual({ c: 'volume of default/c' })
    expect([...storage.unmade]).toEqual(['volume of default/c'])
    expect(storage.volumes.get('volume of default/c')?.spec).toMatchObject({
      storageClassName: 'x',
      csi: { driver: 'csi.example.com' },
      nodeAffinity: undefined,
    })
  })
  it('waits for its pod in a class that does, unless a volume is reserved for it', () => {
    const classes = [decodedClass('x', 'waits')]
    const volumes = [{ name: 'v', className: 'x' }]
    expect(bound([claim], volumes, classes)).toEqual({})
    expect(unbound([claim], volumes, classes)).toEqual({})
    expect(bound([claim], [...volumes, { name: 'own', claim: 'c' }], classes)).toEqual({ c: 'own' })
  })
  it('gets the default class, but only if it asks for none', () => {
    const classes = [decodedClass('x', 'immediate', true), decodedClass('w', 'immediate')]
    expect(Object.keys(bound([{ name: 'c' }], [], classes))).toEqual(['c'])
    expect(unbound([{ name: 'c', className: '' }], [], classes)).toEqual({
      'default/c': { _tag: 'NoClass', isExplicit: true },
    })
    expect(unbound([{ name: 'c' }], [])).toEqual({
      'default/c': { _tag: 'NoClass', isExplicit: false },
    })
  })
  it('says which class does not provision', () => {
    expect(unbound([claim], [])).toEqual({ 'default/c': { _tag: 'UnknownClass', className: 'x' } })
    expect(unbound([claim], [], [decodedClass('x', 'no provisioner')])).toEqual({
      'default/c': { _tag: 'NoProvisioner', className: 'x' },
    })
    expect(unbound([{ ...claim, selector: 'ssd' }], [], [decodedClass('x', 'immediate')])).toEqual({
      'default/c': { _tag: 'SelectorNotProvisioned', className: 'x' },
    })
  })
})

// What follows holds the binding equal to a twin, on small clusters of every kind.

const name = fc.constantFrom('a', 'b', 'c', 'd')
const className = fc.constantFrom('', 'static', 'late', 'new')
const modes = fc.subarray(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'], { minLength: 1 })
const some = <Of>(values: fc.Arbitrary<Of>) => fc.option(values, { nil: undefined })
const size = fc.integer({ min: 1, max: 3 })
const label = fc.constantFrom('ssd', 'hdd')
const volumeMode = fc.constantFrom('Filesystem', 'Block', undefined, undefined, undefined)
const claimUid = (of: string): fc.Arbitrary<string | undefined> =>
  fc.constantFrom(undefined, `uid ${of}`)

const anyClaim: fc.Arbitrary<WrittenClaim> = name.chain((of) =>
  fc.record({
    name: fc.constant(of),
    ...{ uid: claimUid(of), className, size, modes, volumeMode },
    created: some(fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')),
    volume: fc.constantFrom(undefined, undefined, undefined, 'a', 'b', 'c'),
    selector: fc.constantFrom(undefined, undefined, 'ssd'),
  }),
) as fc.Arbitrary<WrittenClaim>
const anyVolume: fc.Arbitrary<WrittenVolume> = fc.record({
  ...{ name, className, size, modes, volumeMode },
  label: some(label),
  claim: fc.constantFrom(undefined, undefined, 'a', 'b', 'c'),
  uid: fc.constantFrom(undefined, 'uid a', 'uid b', 'gone'),
  phase: fc.constantFrom(undefined, 'Available', 'Bound', 'Released'),
  deleted: fc.constantFrom(false, false, false, true),
}) as fc.Arbitrary<WrittenVolume>

const classes = [
  decodedClass('static', 'no provisioner'),
  decodedClass('late', 'waits'),
  decodedClass('new', 'immediate'),
]

/** The controller's steps, one after the other; volumes change hands in a mutable table. */
const bindingsByTheBook = (
  claims: readonly WrittenClaim[],
  volumes: readonly WrittenVolume[],
): ReadonlyMap<string, string> => {
  const holders = new Map<string, { claim?: string; uid?: string; available: boolean }>()
  for (const volume of volumes) {
    const claim = claims.find((one) => one.name === volume.claim)
    if (volume.claim === undefined) holders.set(volume.name, { available: true })
    else if (volume.uid === undefined)
      holders.set(volume.name, { claim: volume.claim, available: true })
    else {
      const same =
        claim !== undefined &&
        (claim.uid === undefined ? volume.phase === 'Bound' : claim.uid === volume.uid)
      const elsewhere = same && claim.volume !== undefined && claim.volume !== volume.name
      holders.set(volume.name, {
        claim: volume.claim,
        ...((same && claim.uid === undefined) || elsewhere ? {} : { uid: volume.uid }),
        available: elsewhere || (same && volume.phase === 'Available'),
      })
    }
  }
  const result = new Map<string, string>()
  const isFor = (volume: WrittenVolume, claim: WrittenClaim): boolean => {
    const { claim: holder, uid } = holders.get(volume.name)!
    return holder === claim.name && (uid === undefined || uid === claim.uid)
  }
  const give = (volume: string, claim: WrittenClaim): void => {
    holders.set(volume, { claim: claim.name, uid: claim.uid ?? 'none', available: false })
    result.set(claim.name, volume)
  }
  const age = ({ created = '9', name: of }: WrittenClaim): string => `${created} ${of}`
  const ordered = [...claims].sort((one, other) => byCodeUnit(age(one), age(other)))
  for (const claim of ordered.filter(({ volume }) => volume !== undefined)) {
    const volume = volumes.find((one) => one.name === claim.volume)
    if (volume === undefined) continue
    const fits =
      volume.deleted !== true &&
      volume.size! >= claim.size! &&
      volume.className === claim.className &&
      (volume.volumeMode ?? 'Filesystem') === (claim.volumeMode ?? 'Filesystem') &&
      claim.modes!.every((mode) => volume.modes!.includes(mode))
    if (isFor(volume, claim) || (holders.get(volume.name)!.claim === undefined && fits))
      give(volume.name, claim)
  }
  for (const claim of ordered.filter(({ volume }) => volume === undefined)) {
    const sets = [...new Set(volumes.map((one) => setText(one.modes!)))]
      .filter((set) => claim.modes!.every((mode) => set.split(',').includes(mode)))
      .sort(
        (one, other) => one.split(',').length - other.split(',').length || byCodeUnit(one, other),
      )
    let found: WrittenVolume | undefined
    for (const set of sets) {
      const near = [...volumes]
        .sort((one, other) => one.size! - other.size! || byCodeUnit(one.name, other.name))
        .filter((one) => setText(one.modes!) === set && one.deleted !== true)
        .filter((one) => one.size! >= claim.size!)
        .filter((one) => (one.volumeMode ?? 'Filesystem') === (claim.volumeMode ?? 'Filesystem'))
      found =
        near.find((one) => isFor(one, claim)) ??
        (claim.className === 'late'
          ? undefined
          : near.find(
              (one) =>
                holders.get(one.name)!.claim === undefined &&
                one.className === claim.className &&
                (claim.selector === undefined || claim.selector === one.label),
            ))
      if (found !== undefined) break
    }
    if (found !== undefined) give(found.name, claim)
    else if (claim.className === 'new' && claim.selector === undefined)
      result.set(claim.name, `volume of default/${claim.name}`)
  }
  return result
}

/** Access modes in the order of Kubernetes, as one text. */
const setText = (all: readonly string[]): string =>
  ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'].filter((mode) => all.includes(mode)).join()

const unique = <Of extends { readonly name: string }>(values: fc.Arbitrary<Of>) =>
  fc.uniqueArray(values, { selector: (one) => one.name, maxLength: 4 })

type Bind = (storage: Storage) => Storage
const binds: Bind = (storage) => bindClaims(storage).storage

const agrees = (bind: Bind) =>
  fc.property(unique(anyClaim), unique(anyVolume), (claims, volumes) => {
    const ours = bindingsIn(bind(storageOf(claims, volumes, classes)))
    const theirs = bindingsByTheBook(claims, volumes)
    return JSON.stringify([...ours].sort()) === JSON.stringify([...theirs].sort())
  })

/** A planted bug: the storage before binding is changed. */
const after =
  (change: (storage: Storage) => Storage): Bind =>
  (storage) =>
    binds(change(storage))
const eachVolume = (change: (volume: PersistentVolume) => PersistentVolume) =>
  after((storage) => ({
    ...storage,
    volumes: new Map([...storage.volumes].map(([key, volume]) => [key, change(volume)])),
  }))
const eachClaim = (change: (claim: PersistentVolumeClaim) => PersistentVolumeClaim) =>
  after((storage) => ({
    ...storage,
    claims: new Map([...storage.claims].map(([key, claim]) => [key, change(claim)])),
  }))

describe('the binding of claims', () => {
  it('is that of the twin', () => {
    fc.assert(agrees(binds), { numRuns: 2000 })
  })
  it.each<readonly [string, Bind]>([
    [
      'sizes are ignored',
      eachVolume((one) => ({
        ...one,
        spec: {
          ...one.spec,
          capacity: new Map([['storage', 9_000_000_000_000_000_000n as never]]),
        },
      })),
    ],
    [
      'volume modes are ignored',
      eachVolume((one) => ({ ...one, spec: { ...one.spec, volumeMode: undefined } })),
    ],
    [
      'access modes are ignored',
      eachVolume((one) => ({
        ...one,
        spec: { ...one.spec, accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'] },
      })),
    ],
    [
      'reservations are ignored',
      eachVolume((one) => ({ ...one, spec: { ...one.spec, claimRef: undefined } })),
    ],
    [
      'uids are ignored',
      eachVolume((one) => ({
        ...one,
        spec: {
          ...one.spec,
          claimRef: one.spec.claimRef && { ...one.spec.claimRef, uid: undefined },
        },
      })),
    ],
    [
      'deletion is ignored',
      eachVolume((one) => ({
        ...one,
        metadata: { ...one.metadata, deletionTimestamp: undefined },
      })),
    ],
    [
      'selectors are ignored',
      eachClaim((one) => ({ ...one, spec: { ...one.spec, selector: undefined } })),
    ],
    [
      'ages are ignored',
      eachClaim((one) => ({ ...one, metadata: { ...one.metadata, creationTimestamp: undefined } })),
    ],
    [
      'named volumes are ignored',
      eachClaim((one) => ({ ...one, spec: { ...one.spec, volumeName: undefined } })),
    ],
    [
      'every class binds at once',
      after((storage) => ({
        ...storage,
        classes: new Map(
          [...storage.classes].map(([key, one]) => [key, { ...one, volumeBindingMode: undefined }]),
        ),
      })),
    ],
  ])('is refuted when %s', (_, careless) => {
    expect(isRefuted(agrees(careless))).toBe(true)
  })
  it('is done once: a second time binds nothing else', () => {
    fc.assert(
      fc.property(unique(anyClaim), unique(anyVolume), (claims, volumes) => {
        const once = binds(storageOf(claims, volumes, classes))
        expect(bindingsIn(binds(once))).toEqual(bindingsIn(once))
      }),
    )
  })
})
