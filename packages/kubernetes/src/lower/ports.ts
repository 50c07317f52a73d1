/**
 * Host ports. A claim is an address, a protocol and a port; two clash when protocol and port are
 * equal and so are the addresses, or either is 0.0.0.0. Each claim is two facts of its pod, one
 * with and one without the address: a claim of one address is kept away by the same address and by
 * 0.0.0.0, a claim of 0.0.0.0 by any.
 */
import { internWord, type Draft, type Match, type WordId } from '@stowage/kernel'
import { isSidecar } from '../words/container.js'
import type { PodSpec } from '../words/pod.js'
import type { FiltersOf } from '../plugin/input.js'
import { said } from '../plugin/reason.js'

const anyAddress = '0.0.0.0'

interface Claim {
  readonly port: string
  readonly address: string
}

/** The claims of containers and sidecars, each once. */
const claimsOf = (spec: PodSpec): readonly Claim[] => {
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

export const portFacts = (draft: Draft, spec: PodSpec): readonly WordId[] => [
  ...new Set(
    claimsOf(spec).flatMap((claim) => [
      internWord(draft, claim.port),
      internWord(draft, withAddress(claim)),
    ]),
  ),
]

/** The pods that a pod's claims clash with; nothing when it claims no port. */
const portClashes = (draft: Draft, spec: PodSpec): Match | undefined => {
  const claims = claimsOf(spec)
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

export const portsFilter: FiltersOf = ({ draft, pod }) => {
  const clashes = portClashes(draft, pod.spec)
  if (clashes === undefined) return []
  return [
    {
      _tag: 'Limit',
      ...said("node(s) didn't have free ports for the requested pod ports"),
      removable: true,
      tally: { facts: clashes, domain: 'node', absent: 'own' },
      self: 0,
      max: 0,
    },
  ]
}
