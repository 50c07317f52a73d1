/** The cluster that the documents describe: its instances, the tasks that are there already, and the definitions that calls can name. */
import {
  batch,
  bind,
  certain,
  define,
  empty,
  findNode,
  type Draft,
  type ReplicaId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { isSome } from 'fp-ts/lib/Option.js'
import type { Known } from '../lower/instance.js'
import { classOf } from '../lower/task.js'
import type { EcsInput } from '../plan/input.js'
import { resolve } from '../plan/reference.js'
import { settle } from '../plan/world.js'
import { instanceName } from '../words/container-instance.js'
import { idIn, type Task } from '../words/task.js'
import { clusterOptions, type ClusterOptions } from './options.js'
import type { ClusterState } from './state.js'

/**
 * Where an option does not say them, the region, the account and the cluster's name are those in the documents' ARNs.
 *
 * Two instances of one name throw, as reading has told apart those that were read. Tasks that are STOPPED are recorded and take nothing. Of
 * a task whose definition is not given nothing is known but its group: what it takes is in what its instance says that is left.
 */
export const clusterOf = (input: EcsInput, options: Partial<ClusterOptions> = {}): ClusterState => {
  const all = { ...clusterOptions, ...placeIn(input), ...options }
  const instances = new Map(input.instances.map((each) => [instanceName(each), each]))
  const names = new Map(
    input.instances.map((each) => [idIn(each.containerInstanceArn ?? ''), instanceName(each)]),
  )
  const [replicas, placed] = batch(empty, (draft) => {
    const seated = input.tasks.flatMap((task) => {
      const id = idIn(task.containerInstanceArn ?? '')
      const on = instances.has(id) ? id : names.get(id)
      return task.lastStatus === 'STOPPED' || id === '' || on === undefined
        ? []
        : [{ task, on, known: knownOf(draft, input, task) }]
    })
    const knownOn = (name: string) =>
      seated.flatMap(({ on, known }) => (on === name ? [known] : []))
    settle(draft, input.instances, all.taskInterfaces, knownOn)
    return new Map(
      seated.map(({ task, on, known }) => [task.taskArn, seat(draft, task, on, known)] as const),
    )
  })
  return {
    options: all,
    families: input.families,
    instances,
    tasks: new Map(input.tasks.map((task) => [task.taskArn, task])),
    replicas,
    waiting: new Map(),
    tokens: new Map(),
    started: Math.max(0, ...input.tasks.map(({ taskArn }) => ordinalIn(taskArn))),
    at: 0,
    placed,
  }
}

/** The region, the account and the cluster that the first ARN names, of an instance or of a task. */
const placeIn = ({ instances, tasks }: EcsInput): Partial<ClusterOptions> => {
  const arns = [
    ...instances.map(({ containerInstanceArn = '' }) => containerInstanceArn),
    ...tasks.map(({ taskArn }) => taskArn),
  ]
  const [arn = ''] = arns.filter((each) => each.startsWith('arn:'))
  const [, , , region, account, resource = ''] = arn.split(':')
  const [, cluster, id] = resource.split('/')
  return {
    ...(region === undefined || account === undefined ? {} : { region, account }),
    ...(cluster === undefined || id === undefined ? {} : { cluster }),
  }
}

/** Ids that calls gave out count up, so that the next ones are new; those of AWS itself are far higher. */
const ordinalIn = (taskArn: string): number => {
  const [, digits] = /^0{19}([0-9a-f]{13})$/.exec(idIn(taskArn)) ?? []
  return digits === undefined ? 0 : Number.parseInt(digits, 16)
}

const knownOf = (draft: Draft, { families }: EcsInput, task: Task): Known => {
  const isWanted = task.desiredStatus !== 'STOPPED'
  const group = task.group === undefined ? {} : { group: task.group }
  const found = resolve(families, task.taskDefinitionArn)
  const definition = E.isRight(found)
    ? found.right.value
    : { family: idIn(task.taskDefinitionArn).replace(/:\d+$/, ''), containerDefinitions: [] }
  const workload = { name: '', subject: '', from: '', definition, request: group }
  const described = classOf(draft, workload, { scores: ['random()'], groups: [] }, 0)
  return { class: { ...described, filters: [] }, isWanted }
}

const seat = (draft: Draft, task: Task, on: string, known: Known): ReplicaId => {
  const node = findNode(draft, on)
  if (!isSome(node)) throw new Error(`stowage: ${on} has not joined`)
  const phase = known.isWanted ? (task.lastStatus === 'RUNNING' ? 'running' : 'assumed') : 'leaving'
  return certain(bind(draft, certain(define(draft, known.class)), node.value, phase))
}
