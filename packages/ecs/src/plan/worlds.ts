/**
 * The same services in three worlds: all on instances, all on Fargate, and each where it asks to
 * be; with what it takes to hold one against the other.
 */
import { gibibytes, storageBilled, storageIncluded } from '@stowage/fargate'
import { fargateVerdict } from '../lower/fargate.js'
import type { FargateObjection } from '../lower/fargate-reason.js'
import type { Workload } from '../workload/workload.js'
import { instanceName, instanceTypeOf } from '../words/container-instance.js'
import { systemOf } from '../words/task-definition.js'
import type { EcsInput } from '../read/input.js'
import { planAllOnInstances, planOnFargate, planOnInstances, type EcsPlan } from './plan.js'
import type { InstanceOptions } from './options.js'
import { wanting } from './supplied.js'

export interface EcsWorlds {
  readonly ec2: EcsPlan
  readonly fargate: EcsPlan
  readonly mixed: EcsPlan
  /** By workload, the fields that would have to be written otherwise before Fargate took it. */
  readonly changes: ReadonlyMap<string, readonly string[]>
  /** The types of instances by name, of those that say what they are. */
  readonly types: ReadonlyMap<string, string>
  /** By workload, what its tasks are billed by on Fargate, beside their size. */
  readonly terms: ReadonlyMap<string, FargateTerms>
}

export type FargatePlatform = 'linux/x86_64' | 'linux/arm64' | 'windows/x86_64' | 'windows/arm64'

export interface FargateTerms {
  readonly platform: FargatePlatform
  /** Beyond what is included, in GiB, of each task. */
  readonly storage: number
}

export const worldsOf = (input: EcsInput, options: InstanceOptions): EcsWorlds => {
  const workloads = wanting(input)
  return {
    ec2: planAllOnInstances(input, options),
    fargate: planOnFargate(input, options.fargate),
    mixed: planOnInstances(input, options),
    changes: new Map(workloads.map((workload) => [workload.name, changesOf(workload)])),
    types: new Map(
      [...input.instances, ...options.instances].flatMap((instance) => {
        const type = instanceTypeOf(instance)
        return type === undefined ? [] : [[instanceName(instance), type] as const]
      }),
    ),
    terms: new Map(workloads.map((workload) => [workload.name, termsOf(workload)])),
  }
}

const changesOf = (workload: Workload): readonly string[] => {
  const verdict = fargateVerdict(workload)
  return verdict._tag === 'Vended' ? verdict.objections.flatMap(fieldsOf) : []
}

/** The fields for which Fargate would refuse the task as written. */
const fieldsOf = (objection: FargateObjection): readonly string[] => {
  switch (objection._tag) {
    case 'NoTaskSize':
      return objection.missing
    case 'NetworkMode':
      return ['networkMode']
    case 'Compatibility':
      return ['requiresCompatibilities']
    case 'Constraints':
      return ['placementConstraints']
    case 'Reservation':
      return []
  }
}

const termsOf = (workload: Workload): FargateTerms => {
  const { definition } = workload
  const processor = definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64'
  const storage = definition.ephemeralStorage?.sizeInGiB ?? storageIncluded
  return {
    platform: `${systemOf(definition)}/${processor}`,
    storage: storageBilled(gibibytes(storage)),
  }
}
