/** Makes the controller of ECS services for documents and new machines, or from a setting. */
import type { SourceDocument } from '@stowage/documents'
import { readEcs } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'
import { scaledCapacity } from './ecs-capacity.js'
import {
  ecsFacts,
  ecsOmissions,
  ecsOrchestrator,
  ecsSetting,
  type EcsSetting,
  type RevisionTable,
} from './ecs-orchestrator.js'
import { newInstances } from './ecs.js'
import type { FactGroup, Orchestration } from './orchestrator.js'
import type { PlatformOptions } from './platform.js'

/** The services of Amazon ECS over time. */
export const ecsOrchestration: Orchestration = {
  orchestrate: (documents, options) => {
    const input = readEcs(documents, options.parameters)
    if (E.isLeft(input)) return input
    const machines = newInstances(input.right, options)
    if (E.isLeft(machines)) return machines
    const scaled = scaledCapacity(input.right, options)
    if (E.isLeft(scaled)) return scaled
    const instances = [...input.right.instances, ...machines.right.instances]
    const revisions: RevisionTable = new Map()
    return E.right({
      ...ecsOrchestrator(ecsSetting(input.right, instances, scaled.right, options.seed)),
      factsOf: (own) => ecsFactsOf(own, options, revisions),
      warnings: [...ecsOmissions(input.right, instances, scaled.right), ...input.right.warnings],
    })
  },
  orchestratorFrom: (setting) =>
    E.right({ ...ecsOrchestrator(setting as EcsSetting), factsOf: () => E.right([]) }),
}

const ecsFactsOf = (
  documents: readonly SourceDocument[],
  options: PlatformOptions,
  revisions: RevisionTable,
): E.Either<Faults, readonly FactGroup[]> => {
  const input = readEcs(documents, options.parameters)
  if (E.isLeft(input)) return input
  const machines = newInstances(input.right, options)
  if (E.isLeft(machines)) return machines
  const scaled = scaledCapacity(input.right, options)
  return E.isLeft(scaled)
    ? scaled
    : E.right(ecsFacts(input.right, machines.right.instances, scaled.right, revisions))
}
