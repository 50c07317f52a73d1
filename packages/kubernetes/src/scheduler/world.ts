/**
 * What a scheduler works in, as the documents of an API server and its own configuration say: all
 * that is computed once and that no decision changes.
 */
import type { Tie } from '@stowage/kernel'
import type { Configuration } from '../config/configuration.js'
import { defaultProfile } from '../plugin/profile.js'
import { around } from '../read/around.js'
import { budgetsIn } from '../read/budgets.js'
import type { KubernetesObject } from '../words/object.js'
import { withOwners } from '../workload/owner-selector.js'
import { isWanting, workloadOf } from '../workload/workload.js'
import type { KnownPod, SessionWorld } from './session.js'

/**
 * What upstream does for speed, or leaves open: by default every node is looked at, and the first
 * of the best by name is taken.
 */
export interface DecisionOptions {
  /** One profile, the default one of upstream, when there is none. */
  readonly configuration?: Configuration | undefined
  /**
   * Stops looking for nodes when enough are feasible: as many as the profile's
   * `percentageOfNodesToScore` says. The next pod's search starts where this one's ended.
   */
  readonly sampled?: boolean
  /** The first by name, one by a seed, or the one that upstream's heap has at its root. */
  readonly tie?: Tie | 'heap'
}

export interface SchedulerWorld extends SessionWorld {
  readonly objects: readonly KubernetesObject[]
  readonly configuration: Configuration | undefined
}

const defaultProfiles = new Map([[defaultProfile.schedulerName, defaultProfile]])

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
  withOwners(objects.filter(isWanting).map(workloadOf), objects).filter(
    ({ kind }) => kind === 'Pod',
  )
