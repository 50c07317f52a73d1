/**
 * Translates the plugin NodePorts to kernel rules: refuses nodes on which the pod's host ports
 * clash with those of another pod. Two host ports clash when protocol and port are equal, and the
 * addresses are equal or one is 0.0.0.0.
 */
import { internWord, type Draft, type Match, type WordId } from '@stowage/kernel'
import { isSidecar } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'
import type { FiltersOf } from '../plugin/input.js'
import { fixedReason } from '../plugin/reason.js'

const anyAddress = '0.0.0.0'

interface Claim {
  readonly port: string
  readonly address: string
}

/** The claims of the containers and sidecars, without duplicates. */
const portClaims = (spec: PodSpec): readonly Claim[] => {
  const containers = [...spec.initContainers.filter(isSidecar), ...spec.containers]
  const claims = containers
    .flatMap(({ ports }) => ports)
    .filter(({ hostPort }) => hostPort !== undefined && hostPort > 0)
    .map(({ hostPort, hostIP, protocol }) => ({
      port: `port ${orElse(protocol, 'TCP')}/${hostPort}`,
      address: orElse(hostIP, anyAddress),
    }))
  return [...new Map(claims.map((claim) => [withAddress(claim), claim])).values()]
}

const orElse = (text: string | undefined, otherwise: string): string =>
  text === undefined || text === '' ? otherwise : text

const withAddress = ({ port, address }: Claim): string => `${port} at ${address}`

/**
 * The facts of the host ports that a pod claims.
 *
 * For each host port a pod has two facts (words that rules count): protocol and port (1) with the
 * address, (2) without it.
 */
export const portFacts = (draft: Draft, spec: PodSpec): readonly WordId[] => [
  ...new Set(
    portClaims(spec).flatMap((claim) => [
      internWord(draft, claim.port),
      internWord(draft, withAddress(claim)),
    ]),
  ),
]

/**
 * Matches the pods whose claims clash with this pod's; `undefined` when it claims no port.
 *
 * The match of a port at 0.0.0.0 reads facts without address. The match of any other port reads
 * facts with its own address or with 0.0.0.0.
 */
const portClashes = (draft: Draft, spec: PodSpec): Match | undefined => {
  const claims = portClaims(spec)
  if (claims.length === 0) return undefined
  const texts = claims.flatMap((claim) =>
    claim.address === anyAddress
      ? [claim.port]
      : [withAddress(claim), withAddress({ ...claim, address: anyAddress })],
  )
  return {
    _tag: 'Some',
    of: [...new Set(texts)].map((text) => ({ _tag: 'Fact', word: internWord(draft, text) })),
  }
}

/** Refuses nodes with a clashing pod. */
export const portsFilter: FiltersOf = ({ draft, pod }) => {
  const clashes = portClashes(draft, pod.spec)
  if (clashes === undefined) return []
  return [
    {
      _tag: 'Limit',
      ...fixedReason("node(s) didn't have free ports for the requested pod ports"),
      removable: true,
      tally: { facts: clashes, domain: 'node', absent: 'own' },
      self: 0,
      max: 0,
    },
  ]
}
