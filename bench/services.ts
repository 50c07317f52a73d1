/**
 * Runs Amazon ECS services over time with their controller, for benches: (1) a pass in which
 * nothing happens; (2) the update of one service among many; (3) a new revision of all services;
 * (4) for comparison, the same tasks placed and stopped by calls of the kernel.
 */
import { ecsController, lowerContainerInstance } from '@stowage/ecs'
import {
  batch,
  evict,
  getOrThrow,
  instant,
  nodeIds,
  place,
  replicasOn,
  startSteps,
  step,
  take,
  type ClassId,
  type ReplicaId,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'

/** How many instances and services there are, and tasks of each service. */
export interface ServiceFleet {
  readonly nodes: number
  readonly services: number
  readonly tasks: number
}

/** Services at work, and the facts that the world owes them, by instant. */
export interface ServiceWorld {
  state: StepState
  readonly owed: Map<number, StepEvent[]>
}

const controller = ecsController()
const advance = step([controller], { lowerNode: lowerContainerInstance })

/** Milliseconds until a task runs, and until it has stopped. */
const delay = 1_000

const reported = (at: number, about: string, report: unknown): StepEvent => ({
  ...{ at: instant(at), _tag: 'Reported', controller: 'ecs' },
  ...{ about, report },
})

const definition = (revision: number): unknown => ({
  family: 'web',
  networkMode: 'none',
  containerDefinitions: [{ name: 'main', image: `web:${revision}`, cpu: 32, memory: 64 }],
})

const serviceOf = (name: string, revision: number, { tasks }: ServiceFleet): unknown => ({
  ...{ serviceName: name, taskDefinition: `web:${revision}`, desiredCount: tasks },
})

const instanceOf = (i: number): unknown => ({
  registeredResources: [
    { name: 'CPU', integerValue: 2_048 },
    { name: 'MEMORY', integerValue: 4_096 },
  ],
  attributes: [{ name: 'ecs.availability-zone', value: `zone-${i % 3}` }],
})

/** All services of the fleet, steady: every task is healthy, every deployment is completed. */
export const openServices = (fleet: ServiceFleet): ServiceWorld => {
  const world: ServiceWorld = { state: startSteps(), owed: new Map() }
  tellWorld(world, [
    ...Array.from(
      { length: fleet.nodes },
      (_, i): StepEvent => ({
        ...{ at: instant(0), _tag: 'NodeJoined', name: `i-${i}`, node: instanceOf(i) },
      }),
    ),
    reported(0, 'definition web:1', definition(1)),
    reported(0, 'definition web:2', definition(2)),
  ])
  tellWorld(
    world,
    Array.from({ length: fleet.services }, (_, i) =>
      reported(1, `service s-${i}`, serviceOf(`s-${i}`, 1, fleet)),
    ),
  )
  rest(world)
  return world
}

/** Gives facts to the services, and owes them what their orders bring. */
const tellWorld = (world: ServiceWorld, events: readonly StepEvent[]): void => {
  const { state } = world
  const result = getOrThrow(advance({ ...state, cluster: take(state.cluster) }, events))
  world.state = result.state
  const due = world.state.now + delay
  const owed: StepEvent[] = world.owed.get(due) ?? []
  for (const effect of result.effects) {
    if (effect._tag === 'Place')
      owed.push({ at: instant(due), _tag: 'ReplicaRunning', replica: effect.replica })
    if (effect._tag === 'Stop')
      owed.push({ at: instant(due), _tag: 'ReplicaStopped', replica: effect.replica })
  }
  if (owed.length > 0) world.owed.set(due, owed)
}

/** Lets time pass until nothing is owed and no timer is left. */
const rest = (world: ServiceWorld): void => {
  for (;;) {
    const next = [...world.owed.keys(), ...world.state.wakes.values()].reduce(
      (a, b) => Math.min(a, b),
      Infinity,
    )
    if (next === Infinity) return
    const owed = world.owed.get(next) ?? []
    world.owed.delete(next)
    tellWorld(world, [{ at: instant(next), _tag: 'ClockAdvanced' }, ...owed])
  }
}

/** A pass in which nothing happens. */
export const passQuietly = (world: ServiceWorld): void => {
  const { state } = world
  const events = [{ at: instant(state.now + 1), _tag: 'ClockAdvanced' }] as const
  world.state = getOrThrow(advance(state, events)).state
}

/** Rolls so many services out to a revision, until all is steady again. */
export const rollServices = (
  world: ServiceWorld,
  revision: number,
  fleet: ServiceFleet,
  services = fleet.services,
): void => {
  const at = world.state.now + 1
  tellWorld(
    world,
    Array.from({ length: services }, (_, i) =>
      reported(at, `service s-${i}`, serviceOf(`s-${i}`, revision, fleet)),
    ),
  )
  rest(world)
}

/** The tasks of a world, by class. */
export const tasksByClass = ({
  state,
}: ServiceWorld): ReadonlyMap<ClassId, readonly ReplicaId[]> => {
  const tasks = new Map<ClassId, ReplicaId[]>()
  for (const node of nodeIds(state.cluster))
    for (const { id, class: of } of replicasOn(state.cluster, node)) {
      const own = tasks.get(of)
      if (own === undefined) tasks.set(of, [id])
      else own.push(id)
    }
  return tasks
}

/**
 * Places as many tasks of each class beside those that there are, and stops those, in a batch for
 * each: what a rollout does to the cluster, by hand. The world is not used again.
 */
export const rollByHand = (world: ServiceWorld): number => {
  const tasks = tasksByClass(world)
  let cluster = take(world.state.cluster)
  let placed = 0
  for (const [of, replicas] of tasks) {
    const [next, count] = batch(cluster, (draft) => {
      const { answers } = place(draft, [{ class: of, count: replicas.length }])
      for (const replica of replicas) getOrThrow(evict(draft, replica))
      return answers[0]!.placed.length
    })
    cluster = take(next)
    placed += count
  }
  return placed
}
