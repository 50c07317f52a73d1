/**
 * Handles a report about a task definition, in the format of RegisterTaskDefinition or
 * DescribeTaskDefinition: validates the definition and adds it to its family in the controller's
 * state. A report that would change a known revision is refused.
 */
import { decodeValue } from '@stowage/documents'
import { withChanges, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { checkTaskDefinition } from '../check/task-definition.js'
import { canonical } from '../words/canonical.js'
import { completeComplaint, type Complaint } from '../words/complaint.js'
import { TaskDefinition } from '../words/task-definition.js'
import type { Definition } from '../workload/family.js'
import type { EcsMemory } from '../memory/memory.js'
import { withCapabilities } from '../lower/derive-capabilities.js'
import type { EcsControllerOptions } from '../memory/options.js'

/** The memory with the definition; `name` is `family:revision`. */
export const learnDefinition = (
  memory: EcsMemory,
  name: string,
  report: unknown,
  options: EcsControllerOptions,
): E.Either<MalformedValue, EcsMemory> => {
  const decoded = decodeValue(TaskDefinition, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const value = withCapabilities(decoded.right)
  const [, family = '', digits = ''] = /^(.+):([1-9]\d*)$/s.exec(name) ?? []
  const revision = Number(digits)
  const [wrong] = [
    ...checkReference(name, value, family, revision),
    ...checkTaskDefinition(value, options),
  ]
  if (wrong !== undefined) return E.left(completeComplaint(report, wrong))
  const definitions = memory.families.get(family) ?? []
  const known = definitions.find((one) => one.revision === revision)
  const definition: Definition = {
    part: { from: name, at: [], kind: 'task definition', value: report },
    ...{ value, revision, isRevisionAssumed: false, name },
  }
  if (known === undefined) {
    const all = [...definitions, definition].sort((a, b) => a.revision - b.revision)
    return E.right({ ...memory, families: withChanges(memory.families, [[family, all]]) })
  }
  return canonical(known.part.value) === canonical(report)
    ? E.right(memory)
    : E.left({
        ...{ at: [], found: `another ${name}` },
        expected: `the ${name} that is known, or a new revision: a revision never changes`,
      })
}

/** The document must be of the family and revision that it is reported as. */
const checkReference = (
  name: string,
  value: TaskDefinition,
  family: string,
  revision: number,
): readonly Complaint[] => {
  if (family === '')
    return [{ at: [], found: `definition ${name}`, expected: 'about "definition FAMILY:REVISION"' }]
  return [
    ...(value.family === family ? [] : [{ at: ['family'], expected: family }]),
    ...((value.revision ?? revision) === revision
      ? []
      : [{ at: ['revision'], expected: String(revision) }]),
  ]
}
