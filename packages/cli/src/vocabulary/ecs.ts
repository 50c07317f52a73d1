/** Amazon ECS, as the command line sees it. */
import {
  allocatableFormula,
  containerInstances,
  explainOnInstances,
  isEcs,
  namesOf,
  planOnFargate,
  planOnInstances,
  readEcs,
  type EcsInput,
} from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import type { Options, Planner, Vocabulary } from './vocabulary.js'

const plannerOf =
  ({ fleet, zones, seed }: Options) =>
  (input: EcsInput): Planner => {
    const instances = fleet.flatMap(({ machine, count, before }) =>
      containerInstances(machine, count, zones, before),
    )
    const options = { instances, seed }
    return {
      ignored: input.ignored,
      names: namesOf(input),
      wants: namesOf(input).length > 0,
      hasMachines: instances.length + input.instances.length > 0,
      onMachines: () => planOnInstances(input, options),
      onFargate: () => planOnFargate(input),
      explainOnMachines: (name) => explainOnInstances(input, options, name),
    }
  }

export const ecs: Vocabulary = {
  id: 'ecs',
  title: 'Amazon ECS',
  replica: ['task', 'tasks'],
  machine: ['container instance', 'container instances'],
  allocatableFormula,
  cpu: { per: 125, unit: ' CPU' },
  recognises: isEcs,
  read: (documents, options) => E.map(plannerOf(options))(readEcs(documents)),
}
