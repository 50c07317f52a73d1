/**
 * Fargate's vending machine in an encoded state: its options, its token buckets, the nodes of the
 * tasks that run, and the counters of its subnets. What it counts of its nodes is derived again.
 */
import {
  openMachine,
  takeOver,
  type Bucket,
  type FargateNode,
  type Machine,
} from '@stowage/fargate'
import type { GiB, CpuUnits, MiB, Platform, TaskSize, Capacity } from '@stowage/fargate'
import { anyText, list, oneOf, text, type Codec } from '../words/codec.js'
import { record } from '../words/record.js'
import { count, entries, anyNumber } from './codec.js'
import { byCapacity, fargateCodec, rate } from './options.js'

const bucket: Codec<Bucket> = record<Bucket>('a token bucket', {
  rate,
  level: anyNumber(),
  at: anyNumber(),
})

const size: Codec<TaskSize> = record<TaskSize>('a size', {
  cpu: count<CpuUnits>(),
  memory: count<MiB>(),
})

const platform: Codec<Platform> = record<Platform>('a platform', {
  os: oneOf<Platform['os']>(['linux', 'windows']),
  architecture: oneOf<Platform['architecture']>(['X86_64', 'ARM64']),
  version: anyText,
})

const node: Codec<FargateNode> = record<FargateNode>('a node of Fargate', {
  task: text('the ARN of a task'),
  capacity: oneOf<Capacity>(['FARGATE', 'FARGATE_SPOT']),
  size,
  platform,
  ephemeralStorage: anyNumber<GiB>(),
  subnet: anyText,
  serial: count(),
  at: anyNumber(),
})

/** What is written of a machine. */
export interface EncodedMachine extends Pick<Machine, 'options' | 'buckets' | 'serials' | 'turns'> {
  readonly nodes: readonly FargateNode[]
}

export const machineCodec: Codec<EncodedMachine> = record<EncodedMachine>('a vending machine', {
  options: fargateCodec,
  buckets: byCapacity(bucket),
  nodes: list('a list of nodes', node),
  serials: entries('counts by subnet', count()),
  turns: entries('counts by list of subnets', count()),
})

export const encodedMachine = ({
  options,
  buckets,
  nodes,
  serials,
  turns,
}: Machine): EncodedMachine => ({
  ...{ options, buckets, serials, turns },
  nodes: [...nodes.values()],
})

export const machineOf = ({
  options,
  buckets,
  nodes,
  serials,
  turns,
}: EncodedMachine): Machine => ({
  ...takeOver(openMachine(options), nodes),
  ...{ buckets, serials, turns },
  nodes: new Map(nodes.map((one) => [one.task, one])),
})
