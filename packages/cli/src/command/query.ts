/**
 * `stowage query`: the container instances of which an expression of Amazon ECS's cluster query
 * language holds.
 */
import { containerInstances, faultInExpression, instancesWhere, readEcs } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import { documentsOf } from '../read/documents.js'
import { readTexts } from '../read/files.js'
import { parametersOf } from '../read/parameters.js'
import { instancesJson, instancesText } from '../show/instances.js'
import { ecs } from '../vocabulary/ecs.js'
import { answer, bad, type Outcome } from './outcome.js'
import { machinesFrom, type Flags } from './question.js'

export const queryCommand = async (
  expression: string,
  paths: readonly string[],
  flags: Flags,
  stdin: () => Promise<string>,
): Promise<Outcome> => {
  const machines = await machinesFrom(flags, stdin)
  if (E.isLeft(machines)) return bad(machines.left, 'listed')
  const texts = await readTexts(paths, stdin)
  if (E.isLeft(texts)) return bad(texts.left, 'listed')
  const documents = documentsOf(texts.right)
  if (E.isLeft(documents)) return bad(documents.left, 'listed')
  const parameters = parametersOf(flags.parameter)
  if (E.isLeft(parameters)) return bad(parameters.left, 'listed')
  const input = readEcs(
    documents.right.filter(({ value }) => ecs.recognises(value)),
    parameters.right,
  )
  if (E.isLeft(input)) return bad(input.left, 'listed')
  const made = machines.right.fleet.flatMap(({ machine, count, before }) =>
    containerInstances(machine, count, flags.zones, before, flags.trunking),
  )
  const instances = [...input.right.instances, ...made]
  if (instances.length === 0) return bad([noInstances], 'listed')
  const found = instancesWhere({ ...input.right, instances }, expression)
  if (E.isLeft(found))
    return bad(
      [
        {
          ...{ from: 'expression', at: [], exception: 'InvalidParameterException' },
          ...faultInExpression(expression, found.left),
        },
      ],
      'listed',
    )
  const text = flags.output === 'json' ? instancesJson(found.right) : instancesText(found.right)
  return answer(text, found.right.length > 0)
}

const noInstances = {
  from: ecs.title,
  at: [],
  found: `no ${ecs.machine[1]}`,
  expected: 'some among the files, or --nodes TYPE=COUNT',
}
