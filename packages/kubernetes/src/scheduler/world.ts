/**
 * Computes the fixed input of a scheduler from the objects of an API server and a scheduler
 * configuration: nodes, pods, storage, disruption budgets and profiles. The input is computed once,
 * and no decision changes it.
 */
import type { Tie } from '@stowage/kernel'
import type { Configuration } from '../config/configuration.js'
import { defaultProfile } from '../plugin/profile.js'
import { around } from '../read/around.js'
import { budgetsIn } from '../read/budgets.js'
import type { KubernetesObject } from '../words/object.js'
import { withOwners } from '../workload/owner-selector.js'
import { isWorkload } from '../workload/kind.js'
import { workloadOf } from '../workload/workload.js'
import type { KnownPod, SessionWorld } from './session.js'

/**
 * Choices that the Kubernetes documentation leaves open, or that kube-scheduler makes for speed. By
 * default every node is searched, and the first of the best nodes by name is chosen.
 */
export interface DecisionOptions {
  /** The scheduler's configuration; without one, the only profile is kube-scheduler's default. */
  readonly configuration?: Configuration | undefined
  /**
   * Stops the search when enough nodes are feasible, by the profile's `percentageOfNodesToScore`.
   * The next pod's search starts where this one ended.
   */
  readonly sampled?: boolean
  /** Tie-break: the first by name, a seeded choice, or the root of kube-scheduler's heap. */
  readonly tie?: Tie | 'heap'
}

/** A session's input, with the objects and the configuration from which it was computed. */
export interface SchedulerWorld extends SessionWorld {
  readonly objects: readonly KubernetesObject[]
  readonly configuration: Configuration | undefined
}

const defaultProfiles = new Map([[defaultProfile.schedulerName, defaultProfile]])

/**
 * Computes the world from objects and a configuration. Only pods are scheduled: controllers
 * contribute the selectors that their pods inherit.
 */
export const worldOf = (
  objects: readonly KubernetesObject[],
  { configuration, sampled = false, tie = 'rank' }: DecisionOptions = {},
): SchedulerWorld => {
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = podsAmong(objects)
  return {
    objects,
    configuration,
    nodes,
    pods,
    surroundings: around(objects, nodes, pods),
    budgets: budgetsIn(objects),
    profiles: configuration?.profiles ?? defaultProfiles,
    sampled,
    tie,
  }
}

const podsAmong = (objects: readonly KubernetesObject[]): readonly KnownPod[] =>
  withOwners(objects.filter(isWorkload).map(workloadOf), objects).filter(
    ({ kind }) => kind === 'Pod',
  )
