/**
 * Answers the question `query`: selects the ECS container instances for which an expression of
 * Amazon ECS's cluster query language holds.
 */
import type { ContainerInstance } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import { selectInstances } from '../platform/ecs.js'
import { platforms } from '../platform/platforms.js'
import { documentsOf } from '../text/documents.js'
import { zonesOfMachines } from '../machines/zones.js'
import type { Faults } from '../text/fault.js'
import { parametersOf } from '../text/parameters.js'
import { zonesNamedIn, type QuestionInput } from './question.js'

/**
 * The instances of the documents and the new machines for which the expression holds. Faults of the
 * expression are from `expression`, with a caret under the place.
 */
export const queryInstances = (
  input: Omit<QuestionInput, 'seed'>,
  expression: string,
): E.Either<Faults, readonly ContainerInstance[]> => {
  const documents = documentsOf(input.documents.texts)
  if (E.isLeft(documents)) return documents
  const parameters = parametersOf(input.parameters, input.parameterFiles)
  if (E.isLeft(parameters)) return parameters
  const { machines, trunking, cluster, fargate } = input
  const zones = zonesOfMachines(input.zones, zonesNamedIn(platforms, documents.right))
  const supply = { fleet: machines.fleet, zones, trunking, fargate, parameters: parameters.right }
  const options = cluster === undefined ? supply : { ...supply, cluster }
  return selectInstances(documents.right, options, expression)
}
