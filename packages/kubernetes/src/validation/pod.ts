/**
 * Validates the spec of a pod or of a pod template as the API server does, with errors in its
 * order.
 *
 * Source: Kubernetes API reference, PodSpec.
 */
import { duplicates } from '@stowage/documents'
import { isLabelKey } from '../words/label.js'
import type { WireClaimSpec, WirePodSpec, WireVolume } from '../wire/objects.js'
import { cause, unless, unlessNegative, unlessOneOf, type Cause, type Place } from './cause.js'
import { wrongClaimSpec } from './claim.js'
import { wrongContainers } from './container.js'
import {
  isDnsLabel,
  isDnsSubdomain,
  unlessDnsLabel,
  unlessDnsSubdomain,
  wrongLabels,
} from './name.js'
import { wrongNodeAffinity } from './node-affinity.js'
import { wrongPodResources } from './pod-resources.js'
import { wrongAmounts } from './resources.js'
import { wrongTolerations } from './toleration.js'
import { wrongPodAffinity, wrongSpreads } from './topology.js'

/** Feature gates of the API server that validation depends on. */
export interface Gates {
  /** TaintTolerationComparisonOperators: tolerations may have the operators `Lt` and `Gt`. */
  readonly comparison: boolean
}

/** Errors in the spec of a pod or of a template. */
export const wrongPodSpec = (spec: WirePodSpec, at: Place, gates: Gates): readonly Cause[] => [
  ...wrongVolumes(spec.volumes ?? [], at),
  ...wrongContainers(spec, at),
  ...wrongPodResources(spec, at),
  ...unlessOneOf(['Always', 'OnFailure', 'Never'], spec.restartPolicy, [...at, 'restartPolicy']),
  ...wrongNetwork(spec, at),
  ...wrongLabels(spec.nodeSelector, [...at, 'nodeSelector']),
  ...unless(
    spec.shareProcessNamespace !== true || spec.hostPID !== true,
    [...at, 'shareProcessNamespace'],
    true,
    'false, as hostPID is true',
  ),
  ...wrongNodeAffinity(spec.affinity?.nodeAffinity, [...at, 'affinity', 'nodeAffinity']),
  ...wrongPodAffinity(spec.affinity, [...at, 'affinity']),
  ...wrongGates(spec, at),
  ...wrongSpreads(spec.topologySpreadConstraints, [...at, 'topologySpreadConstraints']),
  ...wrongUsers(spec, at),
  ...wrongReferences(spec, at),
  ...wrongTolerations(spec.tolerations, [...at, 'tolerations'], gates.comparison),
  ...unlessOneOf(['PreemptLowerPriority', 'Never'], spec.preemptionPolicy, [
    ...at,
    'preemptionPolicy',
  ]),
  ...wrongAmounts(spec.overhead ?? {}, [...at, 'overhead']),
  ...wrongSystem(spec, at),
]

/** Errors that only a pod has, not a template. */
export const wrongInPodAlone = (spec: WirePodSpec, at: Place): readonly Cause[] => [
  ...(['containers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ image = '' }, i) =>
      unless(image === image.trim(), [...at, list, i, 'image'], image, 'no white space around it'),
    ),
  ),
  ...unless(
    (spec.ephemeralContainers ?? []).length === 0,
    [...at, 'ephemeralContainers'],
    spec.ephemeralContainers,
    'nothing: kubectl debug adds them to a running pod',
  ),
  ...unlessNegative(spec.terminationGracePeriodSeconds, [...at, 'terminationGracePeriodSeconds']),
  ...unless(
    (spec.schedulingGates ?? []).length === 0 || (spec.nodeName ?? '') === '',
    [...at, 'nodeName'],
    spec.nodeName,
    'no node, as there are schedulingGates',
  ),
]

/** Volume names must be unique; a plan does without them. */
const wrongVolumes = (volumes: readonly WireVolume[], at: Place): readonly Cause[] => [
  ...volumes.flatMap(({ name = '' }, i) =>
    name === ''
      ? [cause([...at, 'volumes', i, 'name'], name, 'a name', [...at, 'volumes', i, 'name'], true)]
      : unlessDnsLabel(name, [...at, 'volumes', i, 'name']),
  ),
  ...duplicates(volumes, ({ name = '' }) => name).flatMap(({ index, item }) =>
    unless(
      item.name === undefined || item.name === '',
      [...at, 'volumes', index, 'name'],
      item.name,
      'a name that no other volume has',
    ),
  ),
  ...volumes.flatMap((volume, i) => wrongSource(volume, [...at, 'volumes', i])),
]

const wrongSource = ({ name: _, ...sources }: WireVolume, at: Place): readonly Cause[] => {
  const [, ...others] = Object.keys(sources)
  const { ephemeral } = sources as {
    readonly ephemeral?: { readonly volumeClaimTemplate?: { readonly spec?: WireClaimSpec } }
  }
  const template = ephemeral?.volumeClaimTemplate
  return [
    ...others.map((kind) => cause([...at, kind], sources[kind], 'no second kind of volume')),
    ...(template === undefined
      ? []
      : wrongClaimSpec(template.spec ?? {}, [...at, 'ephemeral', 'volumeClaimTemplate', 'spec'])),
  ]
}

const wrongNetwork = (
  { dnsPolicy, dnsConfig, hostAliases = [], hostname = '', subdomain = '' }: WirePodSpec,
  at: Place,
): readonly Cause[] => [
  ...unlessOneOf(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'], dnsPolicy, [
    ...at,
    'dnsPolicy',
  ]),
  ...wrongNameservers(dnsPolicy, dnsConfig, at),
  ...hostAliases.flatMap(({ ip = '' }, i) =>
    unless(isAddress(ip), [...at, 'hostAliases', i, 'ip'], ip, 'an IP address'),
  ),
  ...(hostname === '' ? [] : unlessDnsLabel(hostname, [...at, 'hostname'])),
  ...(subdomain === '' ? [] : unlessDnsLabel(subdomain, [...at, 'subdomain'])),
]

const wrongNameservers = (
  dnsPolicy: string | undefined,
  dnsConfig: WirePodSpec['dnsConfig'],
  at: Place,
): readonly Cause[] => {
  if (dnsPolicy !== 'None') return []
  const where = [...at, 'dnsConfig']
  if (dnsConfig === undefined) return [cause(where, undefined, 'name servers for dnsPolicy None')]
  return unless(
    (dnsConfig.nameservers ?? []).length > 0,
    [...where, 'nameservers'],
    [],
    'at least one name server for dnsPolicy None',
  )
}

/** An IPv4 address without leading zeros, or an IPv6 address. */
const isAddress = (text: string): boolean =>
  /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)
    ? text.split('.').every((part) => Number(part) <= 255)
    : /^[0-9A-Fa-f:.]+$/.test(text) && text.split(':').length >= 3

const wrongGates = ({ schedulingGates = [] }: WirePodSpec, at: Place): readonly Cause[] => {
  const names = schedulingGates.map(({ name = '' }) => name)
  const where = (i: number): Place => [...at, 'schedulingGates', i, 'name']
  const field = (i: number): Place => [...at, 'schedulingGates', i]
  return [
    ...names.flatMap((name, i) =>
      unless(isLabelKey(name), where(i), name, 'a qualified name', field(i)),
    ),
    ...duplicates(names, (name) => name).map(({ index, item }) =>
      cause(where(index), item, 'a gate that was not named before', field(index)),
    ),
  ]
}

const wrongUsers = (
  { hostUsers, hostNetwork, hostPID, hostIPC }: WirePodSpec,
  at: Place,
): readonly Cause[] =>
  hostUsers !== false
    ? []
    : [
        ...unless(hostNetwork !== true, [...at, 'hostNetwork'], true, 'false, as hostUsers is'),
        ...unless(hostPID !== true, [...at, 'hostPID'], true, 'false, as hostUsers is', [
          ...at,
          'HostPID',
        ]),
        ...unless(hostIPC !== true, [...at, 'hostIPC'], true, 'false, as hostUsers is', [
          ...at,
          'HostIPC',
        ]),
      ]

/** Names of other objects that the spec refers to. */
const wrongReferences = (spec: WirePodSpec, at: Place): readonly Cause[] =>
  (['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName'] as const).flatMap(
    (field) => {
      const name = spec[field]
      // Only an empty runtimeClassName is an error: an empty text of the others means none.
      const isAbsent = name === undefined || (name === '' && field !== 'runtimeClassName')
      return unless(
        isAbsent || isDnsSubdomain(name),
        [...at, field],
        name,
        'lower-case letters, digits, - and ., at most 253',
      )
    },
  )

const wrongSystem = (
  { os, activeDeadlineSeconds, securityContext, resourceClaims = [] }: WirePodSpec,
  at: Place,
): readonly Cause[] => [
  ...(os === undefined
    ? []
    : unlessOneOf(['linux', 'windows'], os.name ?? '', [...at, 'os', 'name'], [...at, 'os'])),
  ...unless(
    activeDeadlineSeconds === undefined ||
      (activeDeadlineSeconds >= 1 && activeDeadlineSeconds <= 2_147_483_647),
    [...at, 'activeDeadlineSeconds'],
    activeDeadlineSeconds,
    'a number from 1 to 2147483647',
  ),
  ...(securityContext?.sysctls ?? []).flatMap(({ name = '' }, i) =>
    unless(
      /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/.test(name),
      [...at, 'securityContext', 'sysctls', i, 'name'],
      name,
      'the name of a sysctl',
    ),
  ),
  ...wrongResourceClaims(resourceClaims, [...at, 'resourceClaims']),
]

/** Each claim has a name of its own, and names a claim that is there or a template. */
const wrongResourceClaims = (
  claims: NonNullable<WirePodSpec['resourceClaims']>,
  at: Place,
): readonly Cause[] => {
  const repeated = new Set(duplicates(claims, ({ name = '' }) => name).map(({ index }) => index))
  return claims.flatMap((claim, i) => {
    const { name = '', ...sources } = claim
    const named = (['resourceClaimName', 'resourceClaimTemplateName'] as const).filter(
      (field) => sources[field] !== undefined,
    )
    return [
      ...unless(isDnsLabel(name), [...at, i, 'name'], name, 'a DNS label'),
      ...unless(
        name === '' || !repeated.has(i),
        [...at, i, 'name'],
        name,
        'a name that no other claim has',
      ),
      ...unless(
        named.length === 1,
        [...at, i],
        claim,
        'one of resourceClaimName and resourceClaimTemplateName',
      ),
      ...named.flatMap((field) => unlessDnsSubdomain(sources[field] ?? '', [...at, i, field])),
    ]
  })
}
