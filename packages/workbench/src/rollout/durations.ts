/**
 * Parses the durations of steps in a simulated rollout, such as `start=20s,ready=5s,stop=10s`. The
 * durations are assumptions of the user, which the answer repeats.
 */
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'

/** Milliseconds. */
export interface Durations {
  /** From the order to start a replica until it runs: pulling images, starting containers. */
  readonly start: number
  /** From then until it is ready or healthy, where it has a check. */
  readonly ready: number
  /** From the order to stop a replica until it is gone. */
  readonly stop: number
  /** From the order of a machine until it has joined. */
  readonly buy: number
  /** How long a pod of a Job runs until it has succeeded; absent when such pods run on. */
  readonly run?: number
  /** The same for single Jobs and CronJobs, by `namespace/name`; absent for none. */
  readonly runs?: Readonly<Record<string, number>>
}

/** What is assumed where nothing is said. */
export const defaultDurations: Durations = {
  start: 20_000,
  ready: 5_000,
  stop: 10_000,
  buy: 60_000,
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }
const expectedDurations =
  'start, ready, stop, buy, run or the namespace/name of a Job, each once, with a time, such as start=20s,ready=500ms,shop/report=2m'

/** Reads a list of `NAME=TIME`; what it does not name keeps its default. */
export const readDurations = (text: string): E.Either<Faults, Durations> => {
  const times = new Map<string, number>()
  for (const part of text.split(',')) {
    const [name = '', time = '', ...more] = part.split('=')
    const milliseconds = readDuration(time)
    const isKnown = stepNames.includes(name) || /^[^/]+\/[^/]+$/.test(name)
    if (!isKnown || milliseconds === undefined || more.length > 0 || times.has(name))
      return E.left([
        { from: '--durations', at: [], found: renderValue(part), expected: expectedDurations },
      ])
    times.set(name, milliseconds)
  }
  const isStep = ([name]: readonly [string, number]): boolean => stepNames.includes(name)
  const runs = [...times].filter((one) => !isStep(one))
  return E.right({
    ...defaultDurations,
    ...Object.fromEntries([...times].filter(isStep)),
    ...(runs.length === 0 ? {} : { runs: Object.fromEntries(runs) }),
  })
}

const stepNames: readonly string[] = [...Object.keys(defaultDurations), 'run']

/** `start 20 s, ready 5 s, stop 10 s, buy 1 min`, and what is known of Jobs. */
export const durationsText = (durations: Durations): string => {
  const { start, ready, stop, buy, run, runs = {} } = durations
  const steps = { start, ready, stop, buy, ...(run === undefined ? {} : { run }) }
  return Object.entries({ ...steps, ...runs })
    .map(([name, time]) => `${name} ${durationText(time)}`)
    .join(', ')
}

/** Milliseconds of a text such as `500ms`, `20s`, `2m` or `1h`. */
export const readDuration = (text: string): number | undefined => {
  const [, digits, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits) * units[unit]!
}

/** `1 h 2 min 3.5 s`, `20 s`, `0 s`. */
export const durationText = (milliseconds: number): string => {
  const seconds = milliseconds / 1_000
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)]
  const rest = Math.round((seconds % 60) * 1_000) / 1_000
  const parts = [
    hours === 0 ? '' : `${hours} h`,
    minutes === 0 ? '' : `${minutes} min`,
    rest === 0 && hours + minutes > 0 ? '' : `${rest} s`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}
