/**
 * Counts how many more tasks of a workload would fit on the container instances of its cluster,
 * after all waiting tasks are planned. Also says why each instance takes no further task.
 */
import {
  allowIndexes,
  batch,
  empty,
  explain,
  nodeName,
  place,
  wordExplanation,
  wordPlan,
  type WordedExplanation,
  type WordedPlan,
  type NodeId,
} from '@stowage/kernel'
import { isDaemonWorkload } from '../workload/workload.js'
import type { EcsInput } from '../read/input.js'
import { byCluster } from './by-cluster.js'
import type { InstanceOptions } from './options.js'
import { placeInRounds } from './rounds.js'
import { askable, onInstancesOf, suppliedIn } from './supplied.js'
import { worldOf } from './world.js'

/**
 * How many more tasks found an instance, the instance of each in the order of placing, and why the
 * instances take no other. `unplaced` is absent when the search stopped before none fitted.
 */
export interface Headroom {
  readonly _tag: 'Headroom'
  readonly count: number
  readonly placed: readonly string[]
  readonly unplaced: WordedPlan['unplaced'][number] | undefined
  /** One more task, explained after all those that were placed. */
  readonly explanation: WordedExplanation
}

/** Why the number is not known, in a sentence. */
export interface UnknownHeadroom {
  readonly _tag: 'Unknown'
  readonly why: string
}

/**
 * How many more tasks of a workload fit, up to `countMax`; `undefined` for an unknown name. A
 * workload with several capacity providers may use the instances of all of them.
 */
export const headroomOnInstances = (
  input: EcsInput,
  options: InstanceOptions,
  name: string,
  countMax: number,
): Headroom | UnknownHeadroom | undefined => {
  const part = byCluster(input, options.instances).find((one) =>
    one.input.workloads.some((workload) => workload.name === name),
  )
  if (part === undefined) return undefined
  const here = askable(onInstancesOf(part, suppliedIn(part.input)))
  const workload = here.find((one) => one.name === name)
  if (workload === undefined) return { _tag: 'Unknown', why: 'it does not run on these instances' }
  if (isDaemonWorkload(workload))
    return { _tag: 'Unknown', why: 'a DAEMON has one task on each instance that suits it' }
  if (workload.request?.containerInstances !== undefined)
    return { _tag: 'Unknown', why: 'StartTask starts a task on each instance that it names' }
  const [, headroom] = batch(allowIndexes(empty), (draft): Headroom => {
    const { requests, vocabulary } = worldOf(draft, part, here, options)
    placeInRounds(draft, requests)
    const own = requests.filter((request) => request.name === name)
    const only = onlyOf(own.map((request) => request.only))
    const request = { class: own[0]!.class, ...(only === undefined ? {} : { only }) }
    const { placed, unplaced } = place(draft, [{ ...request, count: countMax }]).answers[0]!
    const rows = unplaced === undefined ? [] : [{ name, ...unplaced, count: 1 }]
    return {
      _tag: 'Headroom',
      count: placed.length,
      placed: placed.map(({ node }) => nodeName(draft, node)),
      unplaced: wordPlan({ nodes: [], unplaced: rows }, vocabulary).unplaced[0],
      explanation: wordExplanation(draft, explain(draft, request), vocabulary),
    }
  })
  return headroom
}

/** The nodes of any of the lists; `undefined` when one of them is of all nodes. */
const onlyOf = (
  lists: readonly (readonly NodeId[] | undefined)[],
): readonly NodeId[] | undefined =>
  lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))]
