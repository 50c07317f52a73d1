/**
 * Defines the types and codecs of a Managed Instances capacity provider, with the field names of
 * the API. Also validates the provider as the API does.
 *
 * Source: Amazon ECS API Reference, CreateManagedInstancesProviderConfiguration,
 * InstanceLaunchTemplate, InstanceRequirementsRequest and InfrastructureOptimization.
 */
import { list, oneOf, optional, record, text, whole, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import type { Complaint } from '../words/complaint.js'

/** A range of whole numbers; without a maximum it is open. */
export interface CountRange {
  readonly min: number
  readonly max?: number | undefined
}
const countFrom0 = whole('a whole number, 0 or more', 0)
const CountRange: Codec<CountRange> = record<CountRange>('a range of whole numbers', {
  min: countFrom0,
  max: optional(countFrom0),
})

/** Which instance types may be launched, as far as it is read. */
export interface InstanceRequirements {
  readonly vCpuCount: CountRange
  readonly memoryMiB: CountRange
  /** Names or patterns, in which `*` stands for any text. */
  readonly allowedInstanceTypes?: readonly string[] | undefined
  readonly excludedInstanceTypes?: readonly string[] | undefined
}
const InstanceRequirements: Codec<InstanceRequirements> = record<InstanceRequirements>(
  'requirements of instances',
  {
    vCpuCount: CountRange,
    memoryMiB: CountRange,
    allowedInstanceTypes: optional(list('a list of instance types', text)),
    excludedInstanceTypes: optional(list('a list of instance types', text)),
  },
)

const capacityOptions = ['ON_DEMAND', 'SPOT', 'RESERVED'] as const

/** What the instances are launched from. */
export interface InstanceLaunchTemplate {
  readonly ec2InstanceProfileArn: string
  readonly networkConfiguration: unknown
  readonly capacityOptionType?: (typeof capacityOptions)[number] | undefined
  readonly instanceRequirements?: InstanceRequirements | undefined
}

/** A provider of Managed Instances. */
export interface ManagedInstancesProvider {
  readonly infrastructureRoleArn: string
  readonly instanceLaunchTemplate: InstanceLaunchTemplate
  readonly infrastructureOptimization?:
    | {
        /** Seconds that an instance is idle before it goes; -1 keeps it. */
        readonly scaleInAfter?: number | undefined
      }
    | undefined
  readonly propagateTags?: 'CAPACITY_PROVIDER' | 'NONE' | undefined
}
const [scaleInMin, scaleInMax] = [-1, 3600]
export const ManagedInstancesProvider: Codec<ManagedInstancesProvider> =
  record<ManagedInstancesProvider>('a provider of Managed Instances', {
    infrastructureRoleArn: text,
    instanceLaunchTemplate: record<InstanceLaunchTemplate>('a launch template of instances', {
      ec2InstanceProfileArn: text,
      networkConfiguration: t.unknown,
      capacityOptionType: optional(oneOf(capacityOptions)),
      instanceRequirements: optional(InstanceRequirements),
    }),
    infrastructureOptimization: optional(
      record<NonNullable<ManagedInstancesProvider['infrastructureOptimization']>>(
        'a setting of optimization',
        {
          scaleInAfter: optional(
            whole(`a whole number from ${scaleInMin} to ${scaleInMax}`, scaleInMin, scaleInMax),
          ),
        },
      ),
    ),
    propagateTags: optional(oneOf(['CAPACITY_PROVIDER', 'NONE'] as const)),
  })

/** All complaints about a provider, at paths from it on. */
export const checkManagedInstances = ({
  instanceLaunchTemplate: { instanceRequirements: own, networkConfiguration },
}: ManagedInstancesProvider): readonly Complaint[] => [
  ...(networkConfiguration === undefined
    ? [
        {
          at: ['instanceLaunchTemplate', 'networkConfiguration'],
          expected: 'the subnets in which instances are launched',
        },
      ]
    : []),
  ...(own === undefined ? [] : checkRequirements(own)),
]

const checkRequirements = (own: InstanceRequirements): readonly Complaint[] => {
  const base = ['instanceLaunchTemplate', 'instanceRequirements']
  const ranges = (['vCpuCount', 'memoryMiB'] as const).flatMap((field) => {
    const { min, max = Infinity } = own[field]
    return max >= min ? [] : [{ at: [...base, field, 'max'], expected: `${min} or more, the min` }]
  })
  return own.allowedInstanceTypes !== undefined && own.excludedInstanceTypes !== undefined
    ? [
        ...ranges,
        {
          at: [...base, 'excludedInstanceTypes'],
          expected: 'nothing beside allowedInstanceTypes',
        },
      ]
    : ranges
}

/** Whether an instance type meets requirements. */
export const meetsRequirements = (
  {
    name,
    vcpus,
    memoryMiB,
  }: { readonly name: string; readonly vcpus: number; readonly memoryMiB: number },
  requirements: InstanceRequirements,
): boolean => {
  const isNamed = (patterns: readonly string[]) => patterns.some((one) => isLike(name, one))
  const { allowedInstanceTypes, excludedInstanceTypes = [] } = requirements
  return (
    isWithin(vcpus, requirements.vCpuCount) &&
    isWithin(memoryMiB, requirements.memoryMiB) &&
    (allowedInstanceTypes === undefined || isNamed(allowedInstanceTypes)) &&
    !isNamed(excludedInstanceTypes)
  )
}

const isWithin = (value: number, { min, max = Infinity }: CountRange): boolean =>
  value >= min && value <= max

/** Each part of the pattern in its order; the first begins the name, and the last ends it. */
const isLike = (name: string, pattern: string): boolean => {
  const [first = '', ...parts] = pattern.split('*')
  if (parts.length === 0) return name === pattern
  const last = parts.at(-1)!
  if (!name.startsWith(first) || !name.endsWith(last)) return false
  let from = first.length
  for (const part of parts.slice(0, -1)) {
    const at = name.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return from + last.length <= name.length
}
