/**
 * Validates the source of a PersistentVolume, such as `csi` or `nfs`, as the API server does: a
 * volume has exactly one source, with its required fields and allowed values.
 *
 * Source: Kubernetes API reference, PersistentVolumeSpec.
 */
import type { WireVolumeSource } from '../wire/objects.js'
import { cause, fieldOf, unless, unlessOneOf, type Cause, type Place } from '../validation/cause.js'
import {
  isDnsLabel,
  isDnsSubdomain,
  unlessDnsLabel,
  unlessDnsSubdomain,
} from '../validation/name.js'

/** Errors in a source at a place. */
type SourceRule = (source: WireVolumeSource, at: Place) => readonly Cause[]

/** Fields that may be neither missing nor empty. */
const requires =
  (...names: readonly string[]): SourceRule =>
  (source, at) =>
    names.flatMap((name) =>
      unless(!isBlank(source[name]), [...at, name], source[name], 'a value that is not empty'),
    )

const isBlank = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const sourceText = (source: WireVolumeSource, name: string): string => {
  const value = source[name]
  return typeof value === 'string' ? value : ''
}

/** A number of a part or a unit, 0 when it is missing. */
const inByte =
  (name: string): SourceRule =>
  (source, at) => {
    const number = Number(source[name] ?? 0)
    return unless(number >= 0 && number <= 255, [...at, name], number, 'a number from 0 to 255')
  }

/** A path that does not climb out of its folder. */
const withoutSteps: SourceRule = (source, at) => {
  const path = sourceText(source, 'path')
  return unless(!path.split('/').includes('..'), [...at, 'path'], path, 'a path without ..')
}

const isAbsolute: SourceRule = (source, at) => {
  const path = sourceText(source, 'path')
  return unless(path.startsWith('/'), [...at, 'path'], path, 'an absolute path')
}

const hostPathTypes = [
  ...['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice'],
  'BlockDevice',
]

const eachRule =
  (...rules: readonly SourceRule[]): SourceRule =>
  (source, at) =>
    rules.flatMap((rule) => rule(source, at))

const wrongHostPath: SourceRule = (source, at) =>
  sourceText(source, 'path') === ''
    ? requires('path')(source, at)
    : [
        ...withoutSteps(source, at),
        ...unlessOneOf(hostPathTypes, sourceText(source, 'type'), [...at, 'type']),
      ]

/** The fields that a reference to a secret requires, where there is one. */
const ofSecret =
  (names: readonly string[]): SourceRule =>
  (source, at) => {
    const secret = source['secretRef'] as WireVolumeSource | undefined
    return secret === undefined ? [] : requires(...names)(secret, [...at, 'secretRef'])
  }

/** One dataset, by its name or its UUID. */
const wrongFlocker: SourceRule = (source, at) => {
  const name = sourceText(source, 'datasetName')
  const hasName = name !== ''
  const hasUuid = sourceText(source, 'datasetUUID') !== ''
  return [
    ...unless(hasName !== hasUuid, at, source, 'either datasetName or datasetUUID'),
    ...unless(!name.includes('/'), [...at, 'datasetName'], name, 'a name without /'),
  ]
}

/** Addresses of registries with their ports, and a volume. */
const wrongQuobyte: SourceRule = (source, at) => {
  const registry = sourceText(source, 'registry')
  const isAddressed = registry.split(',').every((one) => one.split(':').length === 2)
  return [
    ...requires('registry', 'volume')(source, at),
    ...(registry === ''
      ? []
      : unless(
          isAddressed,
          [...at, 'registry'],
          registry,
          'addresses with ports, such as a:1,b:2',
        )),
  ]
}

/** The namespaces of Kubernetes are reserved in options. */
const wrongOptions: SourceRule = (source, at) =>
  Object.keys(source['options'] ?? {}).flatMap((name) => {
    const domain = `.${name.split('/')[0]!.toLowerCase()}`
    const isReserved = domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io')
    const where = [...at, 'options', { key: name }]
    return unless(!isReserved, where, name, 'an option outside kubernetes.io and k8s.io')
  })

const wrongFibreChannel: SourceRule = (source, at) => {
  const { targetWWNs: names, wwids, lun } = source
  const hasNames = !isBlank(names)
  const inNames = [...at, 'targetWWNs']
  return [
    ...unless(hasNames !== !isBlank(wwids), inNames, names, 'either targetWWNs or wwids'),
    ...(!hasNames
      ? []
      : lun === undefined
        ? [cause([...at, 'lun'], lun, 'a number from 0 to 255')]
        : inByte('lun')(source, at)),
  ]
}

/** The names of initiators and targets of iSCSI. */
const iscsiName =
  /^(?:iqn\.\d{4}-\d{2}\.(?:[A-Za-z0-9.-]+)(?::[^,;*&$|\s]+)?|eui\.[A-Fa-f0-9]{16}|naa\.[A-Fa-f0-9]{32})$/

const wrongIscsi: SourceRule = (source, at) => {
  const iqn = sourceText(source, 'iqn')
  const { initiatorName: initiator } = source
  const needsSecret = source['chapAuthDiscovery'] === true || source['chapAuthSession'] === true
  return [
    ...requires('targetPortal', 'iqn')(source, at),
    ...(iqn === ''
      ? []
      : unless(
          iscsiName.test(iqn),
          [...at, 'iqn'],
          iqn,
          'a name that starts with iqn, eui or naa',
        )),
    ...inByte('lun')(source, at),
    ...(needsSecret ? requires('secretRef')(source, at) : []),
    ...ofSecret(['name'])(source, at),
    ...(initiator === undefined
      ? []
      : unless(
          iscsiName.test(String(initiator)),
          [...at, 'initiatorName'],
          initiator,
          'a name that starts with iqn, eui or naa',
          [...at, 'initiatorname'],
        )),
  ]
}

/** A disk is a shared blob by default. */
const wrongAzureDisk: SourceRule = (source, at) => {
  const uri = sourceText(source, 'diskURI')
  const kind = sourceText(source, 'kind') === '' ? 'Shared' : sourceText(source, 'kind')
  const start = kind === 'Managed' ? '/subscriptions/' : 'https://'
  return [
    ...requires('diskName', 'diskURI')(source, at),
    ...(source['cachingMode'] === undefined
      ? []
      : unlessOneOf(['None', 'ReadOnly', 'ReadWrite'], sourceText(source, 'cachingMode'), [
          ...at,
          'cachingMode',
        ])),
    ...unlessOneOf(['Dedicated', 'Managed', 'Shared'], kind, [...at, 'kind']),
    ...unless(uri.startsWith(start), [...at, 'diskURI'], uri, `a text that starts with ${start}`),
  ]
}

const secretFields = [
  ...['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef'],
  'nodeExpandSecretRef',
]

const wrongCsi: SourceRule = (source, at) => {
  const driver = sourceText(source, 'driver')
  return [
    ...(driver === ''
      ? requires('driver')(source, at)
      : unless(
          driver.length <= 63 && isDnsSubdomain(driver.toLowerCase()),
          [...at, 'driver'],
          driver,
          'the name of a driver: letters, digits, - and ., at most 63',
        )),
    ...requires('volumeHandle')(source, at),
    ...secretFields.flatMap((name) => {
      const secret = source[name] as WireVolumeSource | undefined
      return secret === undefined ? [] : wrongSecret(secret, [...at, name])
    }),
  ]
}

const wrongSecret: SourceRule = (source, at) => {
  const [name, namespace] = [sourceText(source, 'name'), sourceText(source, 'namespace')]
  return [
    ...(name === '' ? requires('name')(source, at) : unlessDnsSubdomain(name, [...at, 'name'])),
    ...(namespace === ''
      ? requires('namespace')(source, at)
      : unlessDnsLabel(namespace, [...at, 'namespace'])),
  ]
}

const wrongGluster: SourceRule = (source, at) => {
  const namespace = source['endpointsNamespace']
  return [
    ...requires('endpoints', 'path')(source, at),
    ...(namespace === undefined
      ? []
      : unless(
          typeof namespace === 'string' && isDnsLabel(namespace),
          [...at, 'endpointsNamespace'],
          namespace,
          'the name of a namespace',
        )),
  ]
}

const wrongAzureFile: SourceRule = (source, at) => [
  ...requires('secretName', 'shareName')(source, at),
  ...(source['secretNamespace'] === undefined ? [] : requires('secretNamespace')(source, at)),
]

interface SourceKind {
  readonly name: string
  readonly rule: SourceRule
  /** The field under which the API server names its errors, where that is another. */
  readonly field?: string
}

/** The kinds of sources in the order in which the API server looks at them. */
const sourceKinds: readonly SourceKind[] = [
  { name: 'hostPath', rule: wrongHostPath },
  {
    name: 'gcePersistentDisk',
    rule: eachRule(requires('pdName'), inByte('partition')),
    field: 'persistentDisk',
  },
  { name: 'awsElasticBlockStore', rule: eachRule(requires('volumeID'), inByte('partition')) },
  { name: 'glusterfs', rule: wrongGluster },
  { name: 'flocker', rule: wrongFlocker },
  { name: 'nfs', rule: eachRule(requires('server', 'path'), isAbsolute) },
  { name: 'rbd', rule: requires('monitors', 'image') },
  { name: 'quobyte', rule: wrongQuobyte },
  { name: 'cephfs', rule: requires('monitors') },
  { name: 'iscsi', rule: wrongIscsi },
  {
    name: 'cinder',
    rule: eachRule(requires('volumeID'), ofSecret(['name', 'namespace'])),
  },
  { name: 'fc', rule: wrongFibreChannel },
  { name: 'flexVolume', rule: eachRule(requires('driver'), wrongOptions) },
  { name: 'azureFile', rule: wrongAzureFile },
  { name: 'vsphereVolume', rule: requires('volumePath') },
  { name: 'photonPersistentDisk', rule: requires('pdID') },
  { name: 'portworxVolume', rule: requires('volumeID') },
  { name: 'azureDisk', rule: wrongAzureDisk },
  { name: 'scaleIO', rule: requires('gateway', 'system', 'volumeName') },
  { name: 'local', rule: eachRule(requires('path'), withoutSteps) },
  { name: 'storageos', rule: requires('volumeName') },
  { name: 'csi', rule: wrongCsi },
]

/** Errors in the sources of a spec: those of the first, and each other one. */
export const wrongVolumeSource = (
  spec: Readonly<Record<string, unknown>>,
  at: Place,
): readonly Cause[] => {
  const found = sourceKinds.filter(({ name }) => spec[name] !== undefined)
  const [first, ...others] = found
  if (first === undefined)
    return [cause(at, undefined, 'a source of the volume, such as csi, nfs or hostPath')]
  return [
    ...wrongOfKind(first, spec, at),
    ...others.flatMap((one): readonly Cause[] =>
      // A flexVolume beside another source is not seen.
      one.name === 'flexVolume'
        ? wrongOfKind(one, spec, at)
        : [
            cause([...at, one.name], one.name, `no second source beside ${first.name}`, [
              ...at,
              one.name === 'cephfs' ? 'cephFS' : one.name,
            ]),
          ],
    ),
  ]
}

/** The API server may name the errors of a source by another field. */
const wrongOfKind = (
  { name, rule, field = name }: SourceKind,
  spec: Readonly<Record<string, unknown>>,
  at: Place,
): readonly Cause[] => {
  const source = (spec[name] ?? {}) as WireVolumeSource
  const own = rule(source, [...at, name])
  if (field === name) return own
  const [shown, hidden] = [fieldOf([...at, field]), fieldOf([...at, name])]
  return own.map((one) => ({ ...one, field: one.field.replace(hidden, shown) }))
}
