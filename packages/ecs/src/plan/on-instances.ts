/**
 * Plans the workloads of one cluster on its container instances: the tasks on each instance, and
 * those without a place.
 */
import { batch, empty, plan, wordPlan, type WordedPlan } from '@stowage/kernel'
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
import type { ClusterPart } from './by-cluster.js'
import type { TaskRefusal } from './fargate.js'
import type { InstanceOptions } from './options.js'
import { isAnyOf, missingFor } from './requests.js'
import { askable, deviceRefusal } from './supplied.js'
import { worldOf } from './world.js'
import type { EcsWarning, WarningText } from '../words/warning.js'

/** An instance with what it holds. */
export type PlannedInstance = WordedPlan['nodes'][number] & {
  /** Present when the plan has several clusters. */
  readonly cluster?: string
}

/** The tasks on instances, and those without a place. */
export interface InstancePlacement {
  readonly nodes: readonly PlannedInstance[]
  readonly unplaced: WordedPlan['unplaced']
  readonly refused: readonly TaskRefusal[]
  readonly warnings: readonly EcsWarning[]
}

/** Plans those workloads of a cluster that want instances, or machines outside AWS. */
export const onInstances = (
  { cluster, input, more }: ClusterPart,
  options: InstanceOptions,
  suppliedWith: (supply: Supply) => readonly Workload[],
): InstancePlacement => {
  const workloads = suppliedWith('instances')
  const here = askable(workloads)
  const instances = [...input.instances, ...more]
  const [, placed] = batch(empty, (draft) => {
    const world = worldOf(draft, input, here, instances, options)
    const { requests, running, nowhere, vocabulary } = world
    return { plan: wordPlan(plan(draft, requests, running), vocabulary), nowhere }
  })
  const nowhere = [
    ...suppliedWith('external').map((workload) => [workload, 'external', externalRefusal] as const),
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
    nodes: placed.plan.nodes.map((node) => (cluster === undefined ? node : { ...node, cluster })),
    unplaced: placed.plan.unplaced,
    refused: [...nowhere, ...missing],
    warnings: [
      ...here.flatMap((workload) => warningsOf(workload, textsOf(workload))),
      ...uncountedInterfaces(here, instances, options),
      ...here.flatMap((workload) => warningsOf(workload, providerTexts(workload, instances))),
      ...placed.nowhere.flatMap((workload) => warningsOf(workload, [daemonWithoutInstance])),
    ],
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
