/**
 * Checks a pod's preemption policy, scheduling gates, volumes and ports as the API server does at
 * admission: for errors such as unknown words, and names or host ports that occur twice.
 *
 * Source: Kubernetes API reference, PodSpec and ContainerPort.
 */
import { duplicates } from '@stowage/documents'
import type { Malformed } from '@stowage/kernel'
import type { Container } from '../words/container.js'
import { isLabelKey } from '../words/label.js'
import type { PodSpec } from '../words/pod.js'
import { unlessOneOf, unless, type At } from './unless.js'

/** Errors in preemption policy, scheduling gates, volumes and ports. */
export const wrongInPod = (spec: PodSpec, at: At): readonly Malformed[] => [
  ...unlessOneOf(['PreemptLowerPriority', 'Never'], spec.preemptionPolicy, [
    ...at,
    'preemptionPolicy',
  ]),
  ...wrongGates(spec, at),
  ...wrongVolumes(spec, at),
  ...wrongPorts(spec, at),
]

const wrongGates = ({ schedulingGates, nodeName = '' }: PodSpec, at: At): readonly Malformed[] => {
  const names = schedulingGates.map(({ name }) => name)
  const where = (i: number): At => [...at, 'schedulingGates', i, 'name']
  return [
    ...names.flatMap((name, i) => unless(isLabelKey(name), where(i), name, 'a qualified name')),
    ...duplicates(names, (name) => name).flatMap(({ index, item }) =>
      unless(false, where(index), item, 'a gate that was not named before'),
    ),
    ...unless(
      names.length === 0 || nodeName === '',
      [...at, 'nodeName'],
      nodeName,
      'no node, as there are schedulingGates',
    ),
  ]
}

/** Volume names must be unique; a volume without a name never clashes. */
const wrongVolumes = ({ volumes }: PodSpec, at: At): readonly Malformed[] =>
  duplicates(volumes, ({ name }) => name).flatMap(({ index, item }) =>
    unless(false, [...at, 'volumes', index, 'name'], item.name, 'a name that no other volume has'),
  )

/** Init containers run one after another, so each has the ports of the node to itself. */
const wrongPorts = (spec: PodSpec, at: At): readonly Malformed[] => [
  ...spec.initContainers.flatMap((one, i) => {
    const where = [...at, 'initContainers', i]
    return [...wrongProtocols(one, where), ...portsTwice([portsOf(one, where)].flat())]
  }),
  ...spec.containers.flatMap((one, i) => wrongProtocols(one, [...at, 'containers', i])),
  ...portsTwice(spec.containers.flatMap((one, i) => portsOf(one, [...at, 'containers', i]))),
  ...(spec.hostNetwork === true
    ? spec.containers.flatMap((one, i) => wrongOnHost(one, [...at, 'containers', i]))
    : []),
]

const wrongProtocols = ({ ports }: Container, at: At): readonly Malformed[] =>
  ports.flatMap(({ protocol }, i) =>
    unlessOneOf(['TCP', 'UDP', 'SCTP'], protocol === '' ? undefined : protocol, [
      ...at,
      'ports',
      i,
      'protocol',
    ]),
  )

interface HostPort {
  readonly at: At
  readonly hostPort: number
  /** Equal for ports that clash; protocol and address distinguish them, too. */
  readonly title: string
}

const portsOf = ({ ports }: Container, at: At): readonly HostPort[] =>
  ports.flatMap(({ hostPort = 0, hostIP = '', protocol = '' }, i) => {
    const title = [hostPort, protocol === '' ? 'TCP' : protocol, hostIP].join('/')
    return hostPort === 0 ? [] : [{ at: [...at, 'ports', i, 'hostPort'], hostPort, title }]
  })

const portsTwice = (ports: readonly HostPort[]): readonly Malformed[] =>
  duplicates(ports, ({ title }) => title).flatMap(({ item }) =>
    unless(false, item.at, item.hostPort, 'a port of the host that was not taken before'),
  )

const wrongOnHost = ({ ports }: Container, at: At): readonly Malformed[] =>
  ports.flatMap(({ hostPort, containerPort }, i) =>
    unless(
      hostPort === containerPort,
      [...at, 'ports', i, 'hostPort'],
      hostPort,
      `${containerPort}, its containerPort, as the pod is on the host's network`,
    ),
  )
