/**
 * Encodes and decodes the model of Fargate's capacity: its options, its token buckets, the nodes of
 * the running tasks, and the counters of its subnets. Sums over nodes are not written; decoding
 * computes them again.
 */
import { list, nonEmptyText, oneOf, record, text, type Codec } from '@stowage/documents'
import { openMachine, type FargateNode, type VendingMachine } from '@stowage/fargate'
import type { GiB, CpuUnits, MiB, TaskSize, FargateCapacity } from '@stowage/fargate'
import type { Instant } from '@stowage/kernel'
import { count, entries, anyNumber } from './codec.js'
import { byCapacity, fargateCodec, rate } from './options.js'

type Bucket = VendingMachine['buckets'][FargateCapacity]

const bucket: Codec<Bucket> = record<Bucket>('a token bucket', {
  rate,
  level: anyNumber(),
  at: anyNumber<Instant>(),
})

const size: Codec<TaskSize> = record<TaskSize>('a size', {
  cpu: count<CpuUnits>(),
  memory: count<MiB>(),
})

type Platform = FargateNode['platform']

const platform: Codec<Platform> = record<Platform>('a platform', {
  os: oneOf<Platform['os']>(['linux', 'windows']),
  architecture: oneOf<Platform['architecture']>(['X86_64', 'ARM64']),
  version: text,
})

const node: Codec<FargateNode> = record<FargateNode>('a node of Fargate', {
  task: nonEmptyText('the ARN of a task'),
  capacity: oneOf<FargateCapacity>(['FARGATE', 'FARGATE_SPOT']),
  size,
  platform,
  ephemeralStorage: anyNumber<GiB>(),
  subnet: text,
  serial: count(),
  at: anyNumber<Instant>(),
})

/** The encoded fields of a vending machine; its nodes are a list. */
export interface EncodedMachine
  extends Pick<VendingMachine, 'options' | 'buckets' | 'serials' | 'turns'> {
  readonly nodes: readonly FargateNode[]
}

/** The codec of an encoded vending machine. */
export const machineCodec: Codec<EncodedMachine> = record<EncodedMachine>('a vending machine', {
  options: fargateCodec,
  buckets: byCapacity(bucket),
  nodes: list('a list of nodes', node),
  serials: entries('counts by subnet', count()),
  turns: entries('counts by list of subnets', count()),
})

/** Selects what is written of a machine. */
export const encodedMachine = ({
  options,
  buckets,
  nodes,
  serials,
  turns,
}: VendingMachine): EncodedMachine => ({
  ...{ options, buckets, serials, turns },
  nodes: [...nodes.values()],
})

/** Rebuilds a machine from what was written. */
export const machineOf = ({
  options,
  buckets,
  nodes,
  serials,
  turns,
}: EncodedMachine): VendingMachine => ({
  ...openMachine(options, nodes),
  ...{ buckets, serials, turns },
  nodes: new Map(nodes.map((one) => [one.task, one])),
})
