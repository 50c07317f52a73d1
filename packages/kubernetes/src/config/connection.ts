/**
 * Decodes and validates the settings of a scheduler configuration for (1) the connection to the API
 * server and (2) leader election. They affect no decision, but kube-scheduler refuses a
 * configuration with errors in them.
 */
import { closedRecord, flag, optional, text, withDefault, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { int32 } from '../words/whole-number.js'
import { Duration, seconds } from '../setting/duration.js'
import { invalid, type SettingPath, type Wrong } from '../setting/wrong.js'

/** How the scheduler connects to the API server. */
export interface ClientConnection {
  readonly kubeconfig: string
  readonly acceptContentTypes: string
  readonly contentType: string
  readonly qps: number | undefined
  readonly burst: number
}
const aNumber: Codec<number> = new t.Type(
  'a number',
  t.number.is,
  (value, context) => t.number.validate(value, context),
  (value) => value,
)
export const ClientConnection: Codec<ClientConnection> = closedRecord('an object', {
  kubeconfig: withDefault(text, ''),
  acceptContentTypes: withDefault(text, ''),
  contentType: withDefault(text, ''),
  qps: optional(aNumber),
  burst: withDefault(int32, 0),
})

/** Errors in the connection; `at` is its path. */
export const wrongConnection = ({ burst }: ClientConnection, at: SettingPath): readonly Wrong[] =>
  burst < 0 ? [invalid([...at, 'burst'], burst, '0 or more', 'must be non-negative')] : []

/** How several schedulers agree on the one that is active. */
export interface LeaderElection {
  readonly leaderElect: boolean
  readonly leaseDuration: Duration
  readonly renewDeadline: Duration
  readonly retryPeriod: Duration
  readonly resourceLock: string
  readonly resourceName: string
  readonly resourceNamespace: string
}
const zeroDuration = seconds(0)
export const LeaderElection: Codec<LeaderElection> = closedRecord('an object', {
  leaderElect: withDefault(flag, true),
  leaseDuration: withDefault(Duration, zeroDuration),
  renewDeadline: withDefault(Duration, zeroDuration),
  retryPeriod: withDefault(Duration, zeroDuration),
  resourceLock: withDefault(text, ''),
  resourceName: withDefault(text, ''),
  resourceNamespace: withDefault(text, ''),
})

/** Without `leaderElect` nothing is checked; a duration of 0 means the default. */
export const wrongElection = (election: LeaderElection, at: SettingPath): readonly Wrong[] => {
  if (!election.leaderElect) return []
  const given = (duration: Duration, fallback: number) =>
    duration.seconds === 0 ? seconds(fallback) : duration
  const lease = given(election.leaseDuration, 15)
  const renew = given(election.renewDeadline, 10)
  const retry = given(election.retryPeriod, 2)
  const durations = [
    ['leaseDuration', lease],
    ['renewDeadline', renew],
    ['retryPeriod', retry],
  ] as const
  const expired = 'must be greater than `RenewDeadline`'
  const lock = election.resourceLock
  return [
    ...durations
      .filter(([, duration]) => duration.seconds < 0)
      .map(([field, { text: written }]) =>
        invalid([...at, field], written, 'more than 0', 'must be greater than zero'),
      ),
    ...(lease.seconds > renew.seconds
      ? []
      : [invalid([...at, 'leaseDuration'], renew.text, 'more than renewDeadline', expired)]),
    ...(lock === '' || lock === 'leases'
      ? []
      : [invalid([...at, 'resourceLock'], lock, 'leases', 'resourceLock value must be "leases"')]),
  ]
}
