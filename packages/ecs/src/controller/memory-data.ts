/**
 * Writes the memory as data that JSON can carry, in an order that only depends on the content: what
 * the hash of a state is made of.
 */
import { byCodeUnit } from '@stowage/kernel'
import { dueEntries } from './due-queue.js'
import type { Deployment, EcsMemory, ServiceRecord } from './memory.js'

/** Everything that a later decision depends on. */
export const memoryData = (memory: EcsMemory): unknown => ({
  definitions: byName(memory.families).map(([, definitions]) =>
    definitions.map(({ name, part }) => [name, part.value]),
  ),
  services: byName(memory.services).map(([, record]) => serviceData(record)),
  adopted: byName(memory.adopted),
  newHealth: byNumber(memory.newHealth),
  groups: byName(memory.groups).map(([group]) => group),
  draining: byNumber(memory.draining).map(([node]) => node),
  dirty: byName(memory.dirty).map(([name]) => name),
  due: dueEntries(memory.due).map(({ at, service }) => [at, service]),
  deploymentCount: memory.deploymentCount,
})

const serviceData = ({ deployments, tasks, ...record }: ServiceRecord): unknown => ({
  ...record,
  deployments: deployments.map(deploymentData),
  tasks: byNumber(tasks).map(([, task]) => task),
})

const deploymentData = ({ workload, ...deployment }: Deployment): unknown => ({
  ...deployment,
  constraints: workload.service?.placementConstraints ?? [],
  strategy: workload.service?.placementStrategy ?? [],
})

const byName = <Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] =>
  [...map].sort(([a], [b]) => byCodeUnit(a, b))

const byNumber = <Key extends number, Value>(
  map: ReadonlyMap<Key, Value>,
): readonly (readonly [Key, Value])[] => [...map].sort(([a], [b]) => a - b)
