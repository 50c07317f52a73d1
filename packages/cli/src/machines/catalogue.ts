/**
 * A catalogue of instance types from a file: what `aws ec2 describe-instance-types` prints, a list of the same, or an object keyed
 * by type. A type is decoded when it is asked for.
 */
import { shown, type BadDocument, type Document } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Machine } from './machine.js'

const InstanceType = t.intersection([
  t.type({
    VCpuInfo: t.type({ DefaultVCpus: t.Int }),
    MemoryInfo: t.type({ SizeInMiB: t.Int }),
    NetworkInfo: t.intersection([
      t.type({ MaximumNetworkInterfaces: t.Int, Ipv4AddressesPerInterface: t.Int }),
      t.partial({
        DefaultNetworkCardIndex: t.Int,
        NetworkCards: t.array(t.type({ MaximumNetworkInterfaces: t.Int })),
      }),
    ]),
    ProcessorInfo: t.type({ SupportedArchitectures: t.array(t.string) }),
  }),
  t.partial({ GpuInfo: t.partial({ Gpus: t.array(t.partial({ Count: t.Int })) }) }),
])
type InstanceType = t.TypeOf<typeof InstanceType>

/** Types by name, not decoded yet. */
export type Catalogue = ReadonlyMap<string, unknown>

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const catalogueOf = ({ from, value }: Document): E.Either<BadDocument, Catalogue> => {
  const listed =
    isRecord(value) && Array.isArray(value['InstanceTypes']) ? value['InstanceTypes'] : value
  const entries = Array.isArray(listed)
    ? listed.map(
        (type: unknown) => [isRecord(type) ? type['InstanceType'] : undefined, type] as const,
      )
    : isRecord(listed)
      ? Object.entries(listed)
      : []
  const named = entries.filter((entry): entry is [string, unknown] => typeof entry[0] === 'string')
  if (named.length > 0 && named.every(([, type]) => isRecord(type))) return E.right(new Map(named))
  return E.left({
    from,
    at: [],
    found: shown(value),
    expected: 'instance types, as describe-instance-types prints them or keyed by type',
  })
}

/** Decodes one type of a catalogue. */
export const machineOf = (
  from: string,
  name: string,
  value: unknown,
): E.Either<readonly BadDocument[], Machine> => {
  const read = InstanceType.decode(value)
  if (E.isRight(read)) return E.right(machine(name, read.right))
  return E.left(
    read.left.map(({ context, value: found }) => ({
      from,
      at: [name, ...pathIn(context)],
      found: shown(found),
      expected: context[context.length - 1]!.type.name,
    })),
  )
}

/** The steps of an intersection are not steps of the value. */
const pathIn = (context: t.Context): readonly string[] =>
  context
    .filter((_, i) => i > 0 && !(context[i - 1]!.type instanceof t.IntersectionType))
    .map(({ key }) => key)

const machine = (name: string, type: InstanceType): Machine => ({
  name,
  vcpus: type.VCpuInfo.DefaultVCpus,
  memoryMiB: type.MemoryInfo.SizeInMiB,
  architecture: type.ProcessorInfo.SupportedArchitectures.includes('arm64') ? 'arm64' : 'x86_64',
  interfaces: interfacesOf(type.NetworkInfo),
  addressesPerInterface: type.NetworkInfo.Ipv4AddressesPerInterface,
  gpus: (type.GpuInfo?.Gpus ?? []).reduce((sum, { Count }) => sum + (Count ?? 0), 0),
})

/** Of the default network card, as pods and tasks get their addresses there; a type with several has more in all. */
const interfacesOf = (network: InstanceType['NetworkInfo']): number =>
  network.NetworkCards?.[network.DefaultNetworkCardIndex ?? 0]?.MaximumNetworkInterfaces ??
  network.MaximumNetworkInterfaces
