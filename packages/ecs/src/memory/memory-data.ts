/**
 * Converts the controller's state to plain data for JSON. Equal states give equal data, so that the
 * hash of a state can be computed from it.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { CapacityMemory } from './capacity-memory.js'
import { dueEntries } from './due-queue.js'
import type { Deployment, EcsMemory, ServiceRecord } from './memory.js'

/** Everything that a later decision depends on. */
export const memoryData = (memory: EcsMemory): unknown => ({
  definitions: entriesByName(memory.families).map(([, definitions]) =>
    definitions.map(({ name, part }) => [name, part.value]),
  ),
  services: entriesByName(memory.services).map(([, record]) => serviceData(record)),
  inactive: memory.inactive.map(serviceData),
  adopted: entriesByName(memory.adopted),
  newHealth: entriesByNumber(memory.newHealth),
  groups: entriesByName(memory.groups).map(([group]) => group),
  draining: entriesByNumber(memory.draining).map(([node]) => node),
  dirty: entriesByName(memory.dirty).map(([name]) => name),
  balanced: entriesByName(memory.balanced).map(([name]) => name),
  daemons: entriesByName(memory.daemons).map(([name]) => name),
  placing: entriesByName(memory.placing).map(([name]) => name),
  alarms: entriesByName(memory.alarms),
  decidedAt: memory.decidedAt,
  due: dueEntries(memory.due).map(({ at, service }) => [at, service]),
  deploymentCount: memory.deploymentCount,
  capacity: capacityData(memory.capacity),
  externals: entriesByName(memory.externals),
})

const capacityData = (capacity: CapacityMemory): unknown => [
  entriesByName(capacity.providers).map(([, { leaving, ...record }]) => ({
    ...record,
    leaving: entriesByNumber(leaving).map(([node]) => node),
  })),
  entriesByName(capacity.managed).map(([, { idle, served, ...record }]) => ({
    ...record,
    ...{ idle: entriesByNumber(idle), served: entriesByNumber(served) },
  })),
  entriesByNumber(capacity.nodes),
  capacity.cluster ?? null,
  capacity.nextMinute ?? null,
]

const serviceData = ({
  deployments,
  past,
  lastCompleted,
  tasks,
  watched,
  guarded: _,
  ...record
}: ServiceRecord): unknown => ({
  ...record,
  deployments: deployments.map(deploymentData),
  past: past.map(deploymentData),
  lastCompleted: lastCompleted === undefined ? null : deploymentData(lastCompleted),
  tasks: entriesByNumber(tasks).map(([, task]) => task),
  watched: entriesByNumber(watched).map(([replica]) => replica),
})

const deploymentData = ({ workload, ...deployment }: Deployment): unknown => ({
  ...deployment,
  constraints: workload.service?.placementConstraints ?? [],
  strategy: workload.service?.placementStrategy ?? [],
})

const entriesByName = <Value>(
  map: ReadonlyMap<string, Value>,
): readonly (readonly [string, Value])[] => [...map].sort(([a], [b]) => byCodeUnit(a, b))

const entriesByNumber = <Key extends number, Value>(
  map: ReadonlyMap<Key, Value>,
): readonly (readonly [Key, Value])[] => [...map].sort(([a], [b]) => a - b)
