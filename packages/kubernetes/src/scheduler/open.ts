/** A session from the objects of a cluster, as an API server returns them. */
import { findNode, type Draft } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { defaultProfile } from '../plugin/profile.js'
import { around } from '../read/around.js'
import { budgetsIn } from '../read/budgets.js'
import type { KubernetesObject } from '../words/object.js'
import { withOwners } from '../workload/owner-selector.js'
import { isWanting, workloadOf } from '../workload/workload.js'
import { lower } from './lowered.js'
import {
  sessionWith,
  type KnownPod,
  type Session,
  type SessionOptions,
  type SessionProfile,
} from './session.js'
import { settle } from './settle.js'

const defaultProfiles = new Map([[defaultProfile.schedulerName, defaultProfile]])

/** Fills an empty draft. A pod on a node that is not among the objects is left out. */
export const openSession = (
  draft: Draft,
  objects: readonly KubernetesObject[],
  profiles: ReadonlyMap<string, SessionProfile> = defaultProfiles,
  options: SessionOptions = {},
): Session => {
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  const pods = podsIn(objects)
  const world = { around: around(objects, nodes, pods), budgets: budgetsIn(objects), profiles }
  const session = sessionWith(draft, nodes, pods, world, options)
  for (const pod of pods) {
    const node = findNode(draft, pod.spec.nodeName ?? '')
    if (O.isSome(node)) settle(session, lower(session, pod), node.value)
  }
  return session
}

const podsIn = (objects: readonly KubernetesObject[]): readonly KnownPod[] =>
  withOwners(objects.filter(isWanting).map(workloadOf), objects).filter(
    ({ kind }) => kind === 'Pod',
  )
