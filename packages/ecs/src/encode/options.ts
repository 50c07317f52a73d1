/**
 * Defines the codecs of the options of a cluster and of Fargate in an encoded state (an ECS cluster
 * as plain data).
 */
import {
  codecOf,
  flag,
  list,
  oneOf,
  optional,
  record,
  text,
  type Codec,
  withDefault,
} from '@stowage/documents'
import type { FargateCapacity, FargateOptions } from '@stowage/fargate'
import type { Instant, ValueType } from '@stowage/kernel'
import type { ClusterOptions } from '../cluster/options.js'
import type { TaskInterfaces } from '../lower/interface.js'
import type { QueryOptions } from '../query/options.js'
import { instantText } from '../words/instant.js'
import { CapacityProviderStrategyItem } from '../words/placement.js'
import { count, omitUndefined, openRecord, anyNumber } from './codec.js'

/** An instant, in whole milliseconds since 1970. */
export const moment: Codec<Instant> = codecOf('whole milliseconds since 1970', (value) =>
  typeof value === 'number' && instantText(value as Instant) !== undefined
    ? (value as Instant)
    : undefined,
)

/** A value for FARGATE and one for FARGATE_SPOT. */
export const byCapacity = <Value>(
  value: Codec<Value>,
): Codec<Readonly<Record<FargateCapacity, Value>>> =>
  record<Readonly<Record<FargateCapacity, Value>>>('a value for FARGATE and one for FARGATE_SPOT', {
    FARGATE: value,
    FARGATE_SPOT: value,
  })

type Rate = FargateOptions['launchRate'][FargateCapacity]

/** The burst and the rate per second of a token bucket. */
export const rate: Codec<Rate> = record<Rate>('a rate', {
  burst: anyNumber(),
  perSecond: anyNumber(),
})

const permission = oneOf<'refused' | 'allowed'>(['refused', 'allowed'])

/** States that were encoded before the option have its default. */
const laterPermission = withDefault<'refused' | 'allowed'>(permission, 'refused')

const fargateFields = {
  vcpusMax: anyNumber(),
  windowsStorage: laterPermission,
  tmpfs: laterPermission,
  spotOnArm: flag,
  spotStopCode: oneOf<FargateOptions['spotStopCode']>(['SpotInterruption', 'TerminationNotice']),
  launchRate: byCapacity(rate),
  vcpusAtOnce: byCapacity(anyNumber()),
  vcpusThere: byCapacity(anyNumber()),
  subnetRule: oneOf<FargateOptions['subnetRule']>(['fewest', 'in turn', 'first']),
}

/** All options of Fargate, as its vending machine holds them. */
export const fargateCodec: Codec<FargateOptions> = record<FargateOptions>(
  'options of Fargate',
  fargateFields,
)

type Optional<Fields> = { readonly [Key in keyof Fields]: Fields[Key] | undefined }

const someOfFargate = omitUndefined<Optional<FargateOptions>, Partial<FargateOptions>>(
  record<Optional<FargateOptions>>('options of Fargate', {
    vcpusMax: optional(fargateFields.vcpusMax),
    windowsStorage: optional(permission),
    tmpfs: optional(permission),
    spotOnArm: optional(fargateFields.spotOnArm),
    spotStopCode: optional(fargateFields.spotStopCode),
    launchRate: optional(fargateFields.launchRate),
    vcpusAtOnce: optional(fargateFields.vcpusAtOnce),
    vcpusThere: optional(fargateFields.vcpusThere),
    subnetRule: optional(fargateFields.subnetRule),
  }),
)

const valueTypes: readonly ValueType[] = ['int64', 'version', 'instant']

const query: Codec<QueryOptions> = record<QueryOptions>('options of queries', {
  anchoring: oneOf<QueryOptions['anchoring']>(['whole', 'part']),
  absent: oneOf<QueryOptions['absent']>(['fails', 'passes']),
  groupInequality: oneOf<QueryOptions['groupInequality']>(['no task', 'another task']),
  attributeOrder: oneOf(valueTypes),
  agentVersionEquality: oneOf<QueryOptions['agentVersionEquality']>(['text', 'version']),
  registeredAtEquality: oneOf<QueryOptions['registeredAtEquality']>(['text', 'instant']),
  tasksCounted: oneOf<QueryOptions['tasksCounted']>(['desired', 'running']),
  parentheses: oneOf<QueryOptions['parentheses']>(['in quotes', 'nowhere']),
})

type Interfaces = TaskInterfaces[string]

const interfaces = omitUndefined<Optional<Required<Interfaces>>, Interfaces>(
  record<Optional<Required<Interfaces>>>('interfaces of a type', {
    without: optional(count()),
    trunked: optional(count()),
  }),
)

const or = <Text extends string, Value>(text: Text, value: Codec<Value>): Codec<Text | Value> =>
  codecOf(`${JSON.stringify(text)}, or ${value.name}`, (given) => {
    if (given === text) return text
    return value.is(given) ? given : undefined
  })

/** The options of a cluster. */
export const optionsCodec: Codec<ClusterOptions> = record<ClusterOptions>('options of a cluster', {
  cluster: text,
  region: text,
  account: text,
  seed: anyNumber(),
  ties: oneOf<ClusterOptions['ties']>(['rank', 'seeded']),
  absentBucket: oneOf<ClusterOptions['absentBucket']>(['own', 'shared']),
  query,
  clientTokenLifetime: or('for ever', anyNumber()),
  stoppedTaskLifetime: anyNumber(),
  taskInterfaces: openRecord('interfaces by instance type', interfaces),
  subnetZones: openRecord('zones by subnet', text),
  capacityProviders: openRecord(
    'kinds by capacity provider',
    oneOf<'EC2_AUTOSCALING' | 'MANAGED_INSTANCES'>(['EC2_AUTOSCALING', 'MANAGED_INSTANCES']),
  ),
  defaultCapacityProviderStrategy: list(
    'a list of capacity providers',
    CapacityProviderStrategyItem,
  ),
  providersMax: anyNumber(),
  zeroWeightAlone: withDefault(
    oneOf<ClusterOptions['zeroWeightAlone']>(['refused', 'gets every task']),
    'refused',
  ),
  weightRounding: oneOf<ClusterOptions['weightRounding']>(['quota', 'largest remainder']),
  distinctInstanceReason: text,
  unplaceable: oneOf<ClusterOptions['unplaceable']>(['PROVISIONING', 'PENDING']),
  constraintBlocked: oneOf<ClusterOptions['constraintBlocked']>(['fails', 'PENDING']),
  memoryMin: anyNumber(),
  awsvpcTrunking: or('never', moment),
  fargate: someOfFargate,
})
