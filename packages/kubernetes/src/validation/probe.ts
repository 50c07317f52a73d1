/**
 * Validates probes and lifecycle hooks of containers as the API server does.
 *
 * Source: Kubernetes API reference, Probe and Lifecycle.
 */
import type { IntOrPercent, WireContainer, WireHandler, WireProbe } from '../wire/objects.js'
import { cause, unless, unlessNegative, unlessOneOf, type Cause, type Place } from './cause.js'
import { isPortName } from './name.js'

/** Errors in the probes and hooks of a container that runs beside others. */
export const wrongProbes = (
  container: WireContainer,
  grace: number,
  at: Place,
): readonly Cause[] => [
  ...wrongProbe(container.livenessProbe, grace, [...at, 'livenessProbe'], true),
  ...wrongProbe(container.readinessProbe, grace, [...at, 'readinessProbe'], false),
  ...wrongProbe(container.startupProbe, grace, [...at, 'startupProbe'], true),
  ...(['postStart', 'preStop'] as const).flatMap((hook) => {
    const handler = container.lifecycle?.[hook]
    return handler === undefined ? [] : wrongHandler(handler, grace, [...at, 'lifecycle', hook])
  }),
]

/** Errors when an init container that ends has probes or hooks. */
export const wrongProbesOfInit = (container: WireContainer, at: Place): readonly Cause[] =>
  (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((field) =>
    unless(
      container[field] === undefined,
      [...at, field],
      container[field],
      'nothing, as only a sidecar (restartPolicy Always) is watched',
    ),
  )

const probeCounts = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const

/** A liveness or startup probe succeeds at once; a readiness probe has no period of its own. */
const wrongProbe = (
  probe: WireProbe | undefined,
  grace: number,
  at: Place,
  isLiveness: boolean,
): readonly Cause[] => {
  if (probe === undefined) return []
  const { successThreshold = 1, terminationGracePeriodSeconds } = probe
  return [
    ...wrongHandler(probe, grace, at),
    ...probeCounts.flatMap((field) => unlessNegative(probe[field], [...at, field])),
    ...unless(
      !isLiveness || successThreshold === 1,
      [...at, 'successThreshold'],
      successThreshold,
      '1, as one success is enough',
    ),
    ...(terminationGracePeriodSeconds === undefined
      ? []
      : unless(
          isLiveness && terminationGracePeriodSeconds > 0,
          [...at, 'terminationGracePeriodSeconds'],
          terminationGracePeriodSeconds,
          isLiveness ? '1 or more' : 'nothing, as readiness ends no container',
        )),
  ]
}

const handlerKinds = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const

const wrongHandler = (handler: WireHandler, grace: number, at: Place): readonly Cause[] => {
  const [first, ...others] = handlerKinds.filter((kind) => handler[kind] !== undefined)
  if (first === undefined)
    return [cause(at, 'no handler', `one of ${handlerKinds.join(', ')}`, at, false)]
  return [
    ...others.map((kind) => cause([...at, kind], handler[kind], `nothing beside ${first}`)),
    ...wrongAction(first, handler, grace, [...at, first]),
  ]
}

const wrongAction = (
  kind: (typeof handlerKinds)[number],
  { exec, httpGet, tcpSocket, grpc, sleep }: WireHandler,
  grace: number,
  at: Place,
): readonly Cause[] => {
  switch (kind) {
    case 'exec':
      return unless((exec?.command ?? []).length > 0, [...at, 'command'], [], 'a command')
    case 'httpGet':
      return [
        ...unless((httpGet?.path ?? '') !== '', [...at, 'path'], httpGet?.path, 'a path'),
        ...unlessPort(httpGet?.port ?? 0, [...at, 'port']),
        ...unlessOneOf(['HTTP', 'HTTPS'], httpGet?.scheme, [...at, 'scheme']),
      ]
    case 'tcpSocket':
      return unlessPort(tcpSocket?.port ?? 0, [...at, 'port'])
    case 'grpc':
      return unlessPort(grpc?.port ?? 0, [...at, 'port'])
    default: {
      const seconds = sleep?.seconds ?? 0
      return unless(
        seconds >= 0 && seconds <= grace,
        at,
        seconds,
        `0 to ${grace}, the pod's terminationGracePeriodSeconds`,
      )
    }
  }
}

const unlessPort = (port: IntOrPercent, at: Place): readonly Cause[] =>
  unless(
    typeof port === 'string' ? isPortName(port) : port >= 1 && port <= 65535,
    at,
    port,
    'a port from 1 to 65535, or the name of one',
  )
