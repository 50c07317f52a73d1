/**
 * Plans workloads without starting anything. Each workload is planned on instances or on Fargate,
 * as its launch type or its capacity providers say; other functions plan all workloads on
 * instances, or all on Fargate. A plan has the tasks on each instance, the tasks on Fargate, and
 * the tasks without a place.
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { batch, byCodeUnit, empty, plan, wordPlan, type WordedPlan } from '@stowage/kernel'
import type { FargateOptions, VendedTasks } from '@stowage/fargate'
import { countOf, type Supply, type Workload } from '../workload/workload.js'
import { taskInterfacesOf } from '../lower/interface.js'
import { ephemeralIn } from '../lower/port.js'
import {
  providerAssumed,
  providerWithoutInstance,
  externalRefusal,
  instanceTexts,
  daemonWithoutInstance,
  interfacesUnknown,
} from '../raise/instances.js'
import { instanceName, type ContainerInstance } from '../words/container-instance.js'
import { instanceStrategy } from '../supply/provider.js'
import { onFargate, type TaskRefusal } from './fargate.js'
import type { EcsInput } from '../read/input.js'
import type { TaskLaunch } from './launched.js'
import type { InstanceOptions } from './options.js'
import { isAnyOf, missingFor } from './requests.js'
import { askable, deviceRefusal, suppliedBy, workloadsIn } from './supplied.js'
import { worldOf } from './world.js'
import type { EcsWarning, WarningText } from '../words/warning.js'

/** A plan: the tasks on each instance, those on Fargate, and those without a place. */
export interface EcsPlan {
  readonly plan: WordedPlan
  readonly vended: readonly VendedTasks[]
  /** The provider and the subnet of the vended tasks, with counts. */
  readonly launched: readonly TaskLaunch[]
  /** Tasks without a place; by name, in code-unit order. */
  readonly refused: readonly TaskRefusal[]
  /** The warnings of the input and of the plan. */
  readonly warnings: readonly EcsWarning[]
}

/** Plans each workload on the supply that it names. */
export const planOnInstances = (input: EcsInput, options: InstanceOptions): EcsPlan =>
  planned(input, options, (supply) => suppliedBy(input, supply))

/** Plans every workload on instances, whatever its launch type is. */
export const planAllOnInstances = (input: EcsInput, options: InstanceOptions): EcsPlan =>
  planned(input, options, (supply) => (supply === 'instances' ? workloadsIn(input) : []))

const planned = (
  input: EcsInput,
  options: InstanceOptions,
  on: (supply: Supply) => readonly Workload[],
): EcsPlan => {
  const workloads = on('instances')
  const here = askable(workloads)
  const instances = [...input.instances, ...options.instances]
  const [, placed] = batch(empty, (draft) => {
    const world = worldOf(draft, input, here, instances, options)
    const { requests, running, nowhere, vocabulary } = world
    return { plan: wordPlan(plan(draft, requests, running), vocabulary), nowhere }
  })
  const vended = onFargate(on('fargate'), input.tasks, options.fargate)
  const nowhere = [
    ...on('external').map((workload) => [workload, 'external', externalRefusal] as const),
    ...workloads.map((workload) => [workload, 'instances', deviceRefusal(workload)] as const),
  ].flatMap(([workload, supply, reason]) =>
    reason === undefined ? [] : [{ name: workload.name, count: countOf(workload), reason, supply }],
  )
  const missing = here.flatMap((workload) =>
    missingFor(workload, instances).map((reason) => ({
      ...{ name: workload.name, count: 1, reason, supply: 'instances' as const },
    })),
  )
  return {
    plan: placed.plan,
    vended: vended.vended,
    launched: vended.launched,
    refused: [...vended.refused, ...nowhere, ...missing].sort((a, b) => byCodeUnit(a.name, b.name)),
    warnings: RA.sort(warningOrder)([
      ...input.warnings,
      ...here.flatMap((workload) => warningsOf(workload, textsOf(workload))),
      ...uncountedInterfaces(here, instances, options),
      ...here.flatMap((workload) => warningsOf(workload, providerTexts(workload, instances))),
      ...placed.nowhere.flatMap((workload) => warningsOf(workload, [daemonWithoutInstance])),
      ...vended.warnings,
    ]),
  }
}

/** Plans every workload on Fargate, whatever its launch type is. */
export const planTasksOnFargate = (
  input: EcsInput,
  options: Partial<FargateOptions> = {},
): EcsPlan => {
  const { vended, launched, refused, warnings } = onFargate(
    workloadsIn(input),
    input.tasks,
    options,
  )
  return {
    plan: { nodes: [], unplaced: [] },
    vended,
    launched,
    refused,
    warnings: RA.sort(warningOrder)([...input.warnings, ...warnings]),
  }
}

/**
 * Warnings about instances whose number of network interfaces is unknown, when some task needs an
 * interface.
 */
const uncountedInterfaces = (
  workloads: readonly Workload[],
  instances: readonly ContainerInstance[],
  { taskInterfaces }: InstanceOptions,
): readonly EcsWarning[] =>
  workloads.some(({ definition }) => definition.networkMode === 'awsvpc')
    ? instances
        .filter((instance) => taskInterfacesOf(instance, taskInterfaces) === undefined)
        .map((instance) => ({
          code: interfacesUnknown.code,
          from: '',
          subject: `container instance ${instanceName(instance)}`,
          text: interfacesUnknown.text,
        }))
    : []

/** Warnings about capacity providers of a workload that have no instances. */
const providerTexts = (
  workload: Workload,
  instances: readonly ContainerInstance[],
): readonly WarningText[] => {
  const names = instanceStrategy(workload).map(({ capacityProvider }) => capacityProvider)
  const empty = names.filter((name) => !isAnyOf(name, instances))
  return names.length > 0 && empty.length === names.length
    ? [providerAssumed(names)]
    : empty.map(providerWithoutInstance)
}

const textsOf = ({ definition, request }: Workload): readonly WarningText[] =>
  instanceTexts(definition, request?.zones, ephemeralIn(definition))

const warningsOf = (
  { from, subject }: Workload,
  texts: readonly WarningText[],
): readonly EcsWarning[] => texts.map(({ code, text }) => ({ code, from, subject, text }))
