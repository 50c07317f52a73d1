/**
 * Tracks the host ports that pods occupy on a node. Two pods conflict when protocol and port are
 * equal, and the addresses are equal or one is a wildcard.
 */
import { podKey } from './pod.js'
import type { KarpenterPod } from '../node-pool/words.js'

/** A port of a node. */
interface OccupiedPort {
  readonly address: string
  readonly port: number
  readonly protocol: string
}

/** The ports in use, by the pod that occupies them. */
export type HostPortUse = ReadonlyMap<string, readonly OccupiedPort[]>

const hostPortsOf = ({ spec }: KarpenterPod): readonly OccupiedPort[] =>
  spec.containers
    .flatMap(({ ports }) => ports)
    .filter(({ hostPort }) => (hostPort ?? 0) !== 0)
    .map(({ hostIP, hostPort, protocol }) => ({
      ...{ port: hostPort!, protocol: protocol ?? '' },
      address: hostIP === undefined || hostIP === '' ? wildcardAddress : hostIP,
    }))

const wildcardAddress = '0.0.0.0'
const isAny = (address: string): boolean => address === wildcardAddress || address === '::'

/** The ports with those of a pod. */
export const occupyPorts = (use: HostPortUse, pod: KarpenterPod): HostPortUse => {
  const ports = hostPortsOf(pod)
  return ports.length === 0 ? use : new Map(use).set(podKey(pod), ports)
}

/** Whether a pod needs a port that another one occupies. */
export const portsConflict = (use: HostPortUse, pod: KarpenterPod): boolean => {
  if (use.size === 0) return false
  const key = podKey(pod)
  return hostPortsOf(pod).some((ownPort) =>
    [...use].some(
      ([owner, ports]) => owner !== key && ports.some((port) => areSamePort(ownPort, port)),
    ),
  )
}

const areSamePort = (one: OccupiedPort, other: OccupiedPort): boolean =>
  one.protocol === other.protocol &&
  one.port === other.port &&
  (one.address === other.address || isAny(one.address) || isAny(other.address))
