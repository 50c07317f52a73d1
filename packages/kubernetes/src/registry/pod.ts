/**
 * Translates a pod to a kernel class (a workload as the scheduler sees it), which holds
 * 1. the resource demands of the pod;
 * 2. its facts (texts by which rules count pods), such as its labels and host ports;
 * 3. the filters and scores of its scheduler profile.
 */
import type { ClassSpec, Draft, WordId } from '@stowage/kernel'
import { carriedFacts } from '../lower/carried-facts.js'
import { filtersOf } from './filters.js'
import { occupies } from '../lower/fit.js'
import { labelFacts } from '../lower/labels.js'
import { portFacts } from '../lower/ports.js'
import { defaultProfile, type Profile } from '../plugin/profile.js'
import { scoresOf } from './scores.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { volumeFacts } from '../volume/held.js'
import { restrictionFacts } from '../volume/restriction.js'
import { volumeDemand } from '../volume/room.js'

/** Lowers a pod whose spec has passed admission. */
export const lowerPod = (
  draft: Draft,
  pod: PodLike,
  priority: number,
  around: Surroundings,
  profile: Profile = defaultProfile,
): ClassSpec => {
  const input = { draft, pod, around, args: profile.args }
  return {
    facts: [...new Set(factsOf(draft, pod, around))],
    occupies: [...occupies(draft, pod, around), ...volumeDemand(draft, pod, around)],
    filters: filtersOf(profile, input),
    choice: { _tag: 'Sum', tie: 'rank', scores: scoresOf(profile, input) },
    priority,
  }
}

const factsOf = (draft: Draft, pod: PodLike, around: Surroundings): readonly WordId[] => [
  ...portFacts(draft, pod.spec),
  ...labelFacts(draft, pod.namespace, pod.labels, (key) => around.selectedKeys.has(key)),
  ...carriedFacts(draft, pod),
  ...restrictionFacts(draft, pod, around.storage),
  ...volumeFacts(draft, pod, around),
]
