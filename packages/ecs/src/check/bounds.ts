/**
 * Validates numbers in the settings of a container against their bounds: the health check
 * (`interval` from 5 to 300 seconds), the swap space and the ulimits.
 *
 * Sources: Amazon ECS API Reference, HealthCheck and LinuxParameters; Docker, which starts no
 * container with a soft limit over the hard one.
 */
import type { Complaint } from '../words/complaint.js'
import type { ContainerDefinition, HealthCheck } from '../words/container-definition.js'
import type { Ulimit } from '../words/host-setting.js'
import { checkBetween } from './between.js'

/** The bounds of a health check, both included; all but `retries` are in seconds. */
const healthBounds: Readonly<Record<keyof HealthCheck, readonly [min: number, max: number]>> = {
  interval: [5, 300],
  timeout: [2, 60],
  retries: [1, 10],
  startPeriod: [0, 300],
}

/** All complaints about the numbers of a container. */
export const checkBounds = ({
  healthCheck = {},
  linuxParameters = {},
  ulimits = [],
}: ContainerDefinition): readonly Complaint[] => [
  ...(['interval', 'timeout', 'retries', 'startPeriod'] as const).flatMap((field) =>
    checkBetween(['healthCheck', field], healthCheck[field], ...healthBounds[field]),
  ),
  ...checkBetween(['linuxParameters', 'swappiness'], linuxParameters.swappiness, 0, 100),
  ...checkBetween(['linuxParameters', 'maxSwap'], linuxParameters.maxSwap, 0, Infinity),
  ...ulimits.flatMap(checkUlimit),
]

const checkUlimit = ({ softLimit = 0, hardLimit = -1 }: Ulimit, k: number): readonly Complaint[] =>
  limitOf(softLimit) > limitOf(hardLimit)
    ? [{ at: ['ulimits', k, 'softLimit'], expected: `at most the hardLimit, ${hardLimit}` }]
    : []

/** A limit of -1 is none. */
const limitOf = (limit: number): number => (limit < 0 ? Infinity : limit)
