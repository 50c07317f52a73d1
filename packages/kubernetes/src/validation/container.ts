/**
 * Validates containers and init containers as the API server does: names, images, ports, mounts,
 * restart policies and resources.
 *
 * Source: Kubernetes API reference, Container and ContainerPort.
 */
import { duplicates } from '@stowage/documents'
import type { WireContainer, WirePodSpec, WirePort } from '../wire/objects.js'
import { cause, unless, unlessMissing, unlessOneOf, type Cause, type Place } from './cause.js'
import { isPortName, unlessDnsLabel } from './name.js'
import { wrongProbes, wrongProbesOfInit } from './probe.js'
import { wrongResources } from './resources.js'

/** Errors in all containers of a spec. */
export const wrongContainers = (spec: WirePodSpec, at: Place): readonly Cause[] => {
  const { containers = [], initContainers = [] } = spec
  const places = [
    ...containers.map((one, i) => [one, [...at, 'containers', i]] as const),
    ...initContainers.map((one, i) => [one, [...at, 'initContainers', i]] as const),
  ]
  return [
    ...unless(
      containers.length > 0,
      [...at, 'containers'],
      [],
      'a list of containers, at least one',
    ),
    ...places.flatMap(([one, where]) => wrongContainer(one, spec, where)),
    ...duplicates(places, ([{ name = '' }]) => name).flatMap(({ item: [{ name }, where] }) =>
      name === undefined || name === ''
        ? []
        : [cause([...where, 'name'], name, 'a name that no other container has')],
    ),
    ...containers.flatMap((one, i) => wrongProbes(one, graceOf(spec), [...at, 'containers', i])),
    ...initContainers.flatMap((one, i) =>
      one.restartPolicy === 'Always'
        ? wrongProbes(one, graceOf(spec), [...at, 'initContainers', i])
        : wrongProbesOfInit(one, [...at, 'initContainers', i]),
    ),
    ...wrongHostPorts(spec, at),
  ]
}

const graceOf = ({ terminationGracePeriodSeconds = 30 }: WirePodSpec): number =>
  terminationGracePeriodSeconds

const wrongContainer = (
  container: WireContainer,
  { volumes = [], resourceClaims = [] }: WirePodSpec,
  at: Place,
): readonly Cause[] => {
  const { name = '' } = container
  return [
    ...(name === '' ? unlessMissing(name, [...at, 'name']) : unlessDnsLabel(name, [...at, 'name'])),
    ...wrongImage(container, at),
    ...(container.ports ?? []).flatMap((port, i) => wrongPort(port, [...at, 'ports', i])),
    ...duplicates(container.ports ?? [], (port) => port.name ?? '').flatMap(({ item, index }) =>
      item.name === undefined || item.name === ''
        ? []
        : [cause([...at, 'ports', index, 'name'], item.name, 'a name that no other port has')],
    ),
    ...(container.volumeMounts ?? []).flatMap((mount, i) => [
      ...unless(
        volumes.some((volume) => volume.name === mount.name),
        [...at, 'volumeMounts', i, 'name'],
        mount.name,
        'the name of one of spec.volumes',
      ),
      ...unlessMissing(mount.mountPath, [...at, 'volumeMounts', i, 'mountPath']),
    ]),
    ...wrongResources(
      container.resources,
      [...at, 'resources'],
      'container',
      resourceClaims.map((claim) => claim.name ?? ''),
    ),
    ...wrongRestart(container, at),
  ]
}

const wrongImage = (
  { image = '', imagePullPolicy, terminationMessagePolicy }: WireContainer,
  at: Place,
): readonly Cause[] => [
  ...unlessMissing(image, [...at, 'image']),
  ...unlessOneOf(['Always', 'IfNotPresent', 'Never'], imagePullPolicy, [...at, 'imagePullPolicy']),
  ...unlessOneOf(['File', 'FallbackToLogsOnError'], terminationMessagePolicy, [
    ...at,
    'terminationMessagePolicy',
  ]),
]

const wrongRestart = (
  { restartPolicy, restartPolicyRules = [] }: WireContainer,
  at: Place,
): readonly Cause[] => [
  ...unlessOneOf(['Always', 'OnFailure', 'Never'], restartPolicy, [...at, 'restartPolicy']),
  ...unless(
    restartPolicyRules.length === 0 || restartPolicy !== undefined,
    [...at, 'restartPolicy'],
    restartPolicy,
    'a restartPolicy beside restartPolicyRules',
  ),
  ...restartPolicyRules.flatMap(({ action, exitCodes }, i) => {
    const where = [...at, 'restartPolicyRules', i]
    return [
      ...unlessOneOf(['Restart', 'RestartAllContainers'], action ?? '', [...where, 'action']),
      ...(exitCodes === undefined
        ? [cause([...where, 'exitCodes'], undefined, 'exit codes', [...where, 'exitCodes'], true)]
        : unlessOneOf(['In', 'NotIn'], exitCodes.operator ?? '', [
            ...where,
            'exitCodes',
            'operator',
          ])),
    ]
  }),
]

const isPort = (port: number): boolean => port >= 1 && port <= 65535

const wrongPort = (
  { name = '', containerPort = 0, hostPort = 0, protocol = '' }: WirePort,
  at: Place,
): readonly Cause[] => [
  ...unless(
    name === '' || isPortName(name),
    [...at, 'name'],
    name,
    'lower-case letters, digits and -, at most 15, with a letter',
  ),
  ...(containerPort === 0
    ? [cause([...at, 'containerPort'], undefined, 'a port', [...at, 'containerPort'], true)]
    : unless(
        isPort(containerPort),
        [...at, 'containerPort'],
        containerPort,
        'a port from 1 to 65535',
      )),
  ...unless(
    hostPort === 0 || isPort(hostPort),
    [...at, 'hostPort'],
    hostPort,
    'a port from 1 to 65535',
  ),
  ...unlessOneOf(['TCP', 'UDP', 'SCTP'], protocol === '' ? undefined : protocol, [
    ...at,
    'protocol',
  ]),
]

/** Init containers run one after another, so each has the ports of the node to itself. */
const wrongHostPorts = (spec: WirePodSpec, at: Place): readonly Cause[] => {
  const { containers = [], initContainers = [], hostNetwork } = spec
  return [
    ...initContainers.flatMap((one, i) => portsTwice(portsOf(one, [...at, 'initContainers', i]))),
    ...portsTwice(containers.flatMap((one, i) => portsOf(one, [...at, 'containers', i]))),
    ...(hostNetwork === true
      ? containers.flatMap((one, i) => wrongOnHost(one, [...at, 'containers', i]))
      : []),
  ]
}

interface HostPort {
  readonly at: Place
  readonly hostPort: number
  /** Equal for ports that clash; protocol and address distinguish them, too. */
  readonly title: string
}

const portsOf = ({ ports = [] }: WireContainer, at: Place): readonly HostPort[] =>
  ports.flatMap(({ hostPort = 0, hostIP = '', protocol = '' }, i) => {
    const title = [hostPort, protocol === '' ? 'TCP' : protocol, hostIP].join('/')
    return hostPort === 0 ? [] : [{ at: [...at, 'ports', i, 'hostPort'], hostPort, title }]
  })

const portsTwice = (ports: readonly HostPort[]): readonly Cause[] =>
  duplicates(ports, ({ title }) => title).map(({ item }) =>
    cause(item.at, item.hostPort, 'a port of the host that was not taken before'),
  )

/** In a template the host port may be left out: it is filled in when the pod is made. */
const wrongOnHost = ({ ports = [] }: WireContainer, at: Place): readonly Cause[] =>
  ports.flatMap(({ hostPort = 0, containerPort = 0 }, i) =>
    unless(
      hostPort === 0 || hostPort === containerPort,
      [...at, 'ports', i, 'hostPort'],
      hostPort,
      `${containerPort}, its containerPort, as the pod is on the host's network`,
    ),
  )
