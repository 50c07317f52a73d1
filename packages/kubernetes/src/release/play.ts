/**
 * Simulates a release (the removal of nodes from a cluster) in the order in which it would happen:
 * the new nodes join, the nodes to remove are cordoned, pending pods are placed, and the cordoned
 * nodes are drained one after the other.
 */
import { allowIndexes, batch, empty } from '@stowage/kernel'
import { cordonNodes, drainStage } from '../drain/drain.js'
import { statedController } from '../drain/filter.js'
import type { Drain, DrainOptions } from '../drain/terms.js'
import type { Outcome } from '../plan/play.js'
import { playWaiting } from '../plan/provision.js'
import { unplacedIn } from '../plan/rollout.js'
import { openStage } from '../plan/stage.js'
import type { KubernetesInput } from '../read/input.js'
import { titleOf } from '../workload/workload.js'

/** What happens, and how many pods that waited have no place then. */
export interface PlayedRelease {
  readonly drain: Drain
  readonly waiting: number
}

/** Which pods may go was decided before; a DaemonSet is there when a pod names it. */
export const playRelease = (
  input: KubernetesInput,
  gone: readonly string[],
  durations: DrainOptions['durations'],
): PlayedRelease => {
  const [, played] = batch(allowIndexes(empty), (draft) => {
    const stage = openStage(draft, { ...input, nodes: cordonNodes(input.nodes, gone) })
    const waiting = unplacedOf(playWaiting(stage, input))
    const options: DrainOptions = {
      ...{ nodes: gone, durations, ignoreDaemonsets: true, force: true },
      ...{ deleteEmptydirData: true, disableEviction: false },
    }
    const scope = { isSelected: () => true, daemonSets: daemonSetsIn(input), waiting: [] }
    const drained = drainStage(stage, input, options, scope)
    return { drain: { ...drained, warnings: [...input.warnings, ...stage.warnings] }, waiting }
  })
  return played
}

/** How many pods have no place; a pod of a DaemonSet is tied to its node. */
export const unplacedOf = (outcomes: readonly Outcome[]): number =>
  outcomes
    .filter(({ turn }) => turn.only === undefined)
    .reduce((sum, outcome) => sum + unplacedIn(outcome), 0)

const daemonSetsIn = ({ running }: KubernetesInput): ReadonlySet<string> =>
  new Set(
    running.flatMap((pod) => {
      const controller = statedController(pod)
      return controller?.kind === 'DaemonSet' ? [titleOf(controller)] : []
    }),
  )

/** Where pods that wait are placed before any node goes, and how many have no place. */
export interface WaitingPlaces {
  readonly unplaced: number
  /** The names of the nodes that get some. */
  readonly hosts: ReadonlySet<string>
}

/**
 * The nodes of which not every pod is gone and has a place elsewhere. When more pods wait than
 * before, it is those that would get pods that wait, as these need a place elsewhere; or all, if
 * none gets any.
 */
export const failedNodes = (
  { drain: { nodes, pods }, waiting }: PlayedRelease,
  before: WaitingPlaces,
): readonly string[] => {
  const homeless = pods.filter(
    ({ replacement }) => replacement !== undefined && replacement.node === undefined,
  )
  const failed = new Set(homeless.map(({ node }) => node))
  const names = nodes.flatMap(({ name, outcome }) =>
    outcome !== 'Drained' || failed.has(name) ? [name] : [],
  )
  if (names.length > 0 || waiting <= before.unplaced) return names
  const all = nodes.map(({ name }) => name)
  const hosts = all.filter((name) => before.hosts.has(name))
  return hosts.length === 0 ? all : hosts
}
