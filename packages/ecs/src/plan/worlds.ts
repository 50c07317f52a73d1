/**
 * Plans the same documents three times, for a comparison: (1) all workloads on instances; (2) all
 * workloads on Fargate; (3) each workload where its launch type or its capacity providers say. Also
 * collects what decides the prices, such as instance types.
 */
import { gibibytes, storageBilled, storageIncluded } from '@stowage/fargate'
import { fargateVerdict } from '../lower/fargate.js'
import { fieldName, type FargateFieldOptions } from '../lower/fargate-field.js'
import type { FargateObjection, FargateRefusal } from '../lower/fargate-reason.js'
import type { Workload } from '../workload/workload.js'
import { instanceName, instanceTypeOf } from '../words/container-instance.js'
import { systemOf } from '../words/task-definition.js'
import type { EcsInput } from '../read/input.js'
import { planAllOnInstances, planTasksOnFargate, planOnInstances, type EcsPlan } from './plan.js'
import type { InstanceOptions } from './options.js'
import { workloadsIn } from './supplied.js'

/** What decides the prices of plans beside the plans. */
export interface PriceTerms {
  /** The instance types by the names of instances, of those whose type is known. */
  readonly types: ReadonlyMap<string, string>
  /** By workload: what decides the Fargate price of its tasks beside their size. */
  readonly terms: ReadonlyMap<string, FargateTerms>
}

/** The three plans, with what is needed to compare them and their prices. */
export interface EcsWorlds extends PriceTerms {
  readonly ec2: EcsPlan
  readonly fargate: EcsPlan
  readonly mixed: EcsPlan
  /** By workload: the fields that must change before Fargate accepts its tasks. */
  readonly changes: ReadonlyMap<string, readonly string[]>
}

/** An operating system and a processor architecture; Fargate has a price for each. */
export type FargatePlatform = 'linux/x86_64' | 'linux/arm64' | 'windows/x86_64' | 'windows/arm64'

/** What decides the price of a task on Fargate beside its size. */
export interface FargateTerms {
  readonly platform: FargatePlatform
  /** Billed ephemeral storage in GiB per task, beyond what is included. */
  readonly storage: number
}

/**
 * Plans the documents three times: on instances, on Fargate, and on the supply that each workload
 * names.
 */
export const worldsOf = (input: EcsInput, options: InstanceOptions): EcsWorlds => {
  const workloads = workloadsIn(input)
  return {
    ec2: planAllOnInstances(input, options),
    fargate: planTasksOnFargate(input, options.fargate),
    mixed: planOnInstances(input, options),
    changes: new Map(
      workloads.map((workload) => [workload.name, changesOf(workload, options.fargate)]),
    ),
    ...priceTerms(input, options),
  }
}

/** What decides the prices of any plan of the documents. */
export const priceTerms = (
  input: EcsInput,
  { instances }: Pick<InstanceOptions, 'instances'>,
): PriceTerms => ({
  types: new Map(
    [...input.instances, ...instances].flatMap((instance) => {
      const type = instanceTypeOf(instance)
      return type === undefined ? [] : [[instanceName(instance), type] as const]
    }),
  ),
  terms: new Map(workloadsIn(input).map((workload) => [workload.name, termsOf(workload)])),
})

const changesOf = (workload: Workload, options?: FargateFieldOptions): readonly string[] => {
  const { refusals, objections } = fargateVerdict(workload, options)
  return [...new Set([...objections.flatMap(objectionFields), ...refusals.flatMap(refusalFields)])]
}

/** The fields of needs that Fargate cannot meet. */
const refusalFields = (refusal: FargateRefusal): readonly string[] => {
  switch (refusal._tag) {
    case 'Daemon':
      return ['schedulingStrategy']
    case 'Privileged':
      return ['privileged']
    case 'Device':
      return ['resourceRequirements']
    case 'HostPort':
      return ['portMappings']
    case 'Fields':
      return refusal.fields.map(fieldName)
    case 'NotASize':
    case 'TooLarge':
      return ['cpu', 'memory']
  }
}

/** The fields for which Fargate would refuse the task as written. */
const objectionFields = (objection: FargateObjection): readonly string[] => {
  switch (objection._tag) {
    case 'NoTaskSize':
      return objection.missing
    case 'NetworkMode':
      return ['networkMode']
    case 'Compatibility':
      return ['requiresCompatibilities']
    case 'Constraints':
      return ['placementConstraints']
    case 'Strategies':
      return ['placementStrategy']
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
