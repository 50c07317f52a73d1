/**
 * Builds the `Orchestrator` that simulates ECS services over time. The orchestrator has the
 * controller of the services, and converts parsed input files to events. For a new simulation it is
 * built from the input files and the new machines; for the replay of a log, from the log's header.
 */
import type { SourceDocument } from '@stowage/documents'
import { readEcs, type EcsInput, type JoiningInstances } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Faults } from '../text/fault.js'
import { scaledCapacity, type ScaledCapacity } from './ecs-capacity.js'
import {
  ecsFacts,
  ecsOmissions,
  ecsOrchestrator,
  ecsSetting,
  type EcsSetting,
  type RevisionTable,
} from './ecs-orchestrator.js'
import { newInstances } from './ecs.js'
import type { Orchestration } from './orchestrator.js'
import type { PlatformOptions } from './platform.js'

/** The services of Amazon ECS over time. */
export const ecsOrchestration: Orchestration = {
  orchestrate: (documents, options) => {
    const world = readWorld(documents, options)
    if (E.isLeft(world)) return world
    const { input, machines, scaled } = world.right
    const instances = [...input.instances, ...machines]
    const revisions: RevisionTable = new Map()
    return E.right({
      ...ecsOrchestrator(ecsSetting(input, instances, scaled, options)),
      factsOf: (own) =>
        pipe(
          readWorld(own, options),
          E.map((one) => ecsFacts(one.input, one.machines, one.scaled, revisions)),
        ),
      warnings: [...ecsOmissions(input, instances, scaled), ...input.warnings],
    })
  },
  orchestratorFrom: (setting) =>
    E.right({ ...ecsOrchestrator(setting as EcsSetting), factsOf: () => E.right([]) }),
}

/** Documents, the new machines beside them, and the capacity that is scaled. */
interface EcsWorld {
  readonly input: EcsInput
  readonly machines: JoiningInstances['instances']
  readonly scaled: ScaledCapacity
}

const readWorld = (
  documents: readonly SourceDocument[],
  options: PlatformOptions,
): E.Either<Faults, EcsWorld> => {
  const input = readEcs(documents, options.parameters, options.fargate)
  if (E.isLeft(input)) return input
  const machines = newInstances(input.right, options)
  if (E.isLeft(machines)) return machines
  return pipe(
    scaledCapacity(input.right, options),
    E.map((scaled) => ({
      ...{ input: input.right, machines: machines.right.instances, scaled },
    })),
  )
}
