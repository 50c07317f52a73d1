/**
 * Removes each resource of a template (service, task definition or scheduled call of RunTask) that
 * needs a value unknown until its stack is created. The rest is planned, and a warning names each
 * removed resource with the missing value.
 */
import { decodeValue, own, isObject, valueAt } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import type * as t from 'io-ts'
import * as E from 'fp-ts/lib/Either.js'
import { isUnresolved, unresolvedIn, unresolvedText } from '../template/unresolved.js'
import { completeComplaint } from '../words/complaint.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import { Service } from '../words/service.js'
import { TaskDefinition } from '../words/task-definition.js'
import { RunTaskRequest } from '../words/task-request.js'
import type { EcsWarning } from '../words/warning.js'
import type { Definition, Families } from '../workload/family.js'
import { resolve } from '../workload/reference.js'

/** The parts that are read, and those that are left out. */
export interface LeftOut {
  readonly parts: readonly Part[]
  readonly leftOut: readonly Part[]
  readonly warnings: readonly EcsWarning[]
}

const codecs: Readonly<Partial<Record<Kind, t.Decoder<unknown, unknown>>>> = {
  service: Service,
  'call of RunTask': RunTaskRequest,
  'task definition': TaskDefinition,
}

/**
 * Splits the parts. A service or a call whose task definition is left out is left out too. What
 * lies beside a resource does not matter: it is left out even where nothing else is to be planned.
 * An import from a stack that is not among the documents is such a value. A parameter without a
 * value stays an error, because the user can supply the value.
 */
export const leaveOut = (parts: readonly Part[]): LeftOut => {
  const lacks = new Map(
    parts.flatMap((part) => {
      const lack = lackOf(part)
      return lack === undefined ? [] : [[part, lack] as const]
    }),
  )
  for (const part of parts) {
    const lack = part.definition === undefined ? undefined : lacks.get(part.definition)
    if (lack !== undefined && !lacks.has(part)) lacks.set(part, lack)
  }
  return {
    parts: parts.filter((part) => !lacks.has(part)),
    leftOut: [...lacks.keys()],
    warnings: [...lacks].map(([part, lack]) => leftOutWarning(part, lack)),
  }
}

/** What names a resource of a template in warnings. */
const subjectOfResource = ({ from, at }: Part): string => `${from}: ${String(at[1])}`

/** The warnings without those that call an open value of no account, of what is left out by it. */
export const withoutLeftOut = (
  warnings: readonly EcsWarning[],
  leftOut: readonly Part[],
): readonly EcsWarning[] => {
  const subjects = new Set(leftOut.map(subjectOfResource))
  return warnings.filter(
    ({ code, subject }) => code !== 'ValueNotResolved' || !subjects.has(subject),
  )
}

/** What a part lacks, with its place; `undefined` when it can be read, or has other faults. */
const lackOf = (part: Part): string | undefined => {
  const codec = codecs[part.kind]
  if (codec === undefined || unresolvedIn(part.value).length === 0) return undefined
  const decoded = decodeValue(codec, part.value)
  if (E.isRight(decoded)) return undefined
  const open = decoded.left.map(({ at }) => valueAt(part.value, at))
  if (!open.every((value) => isUnresolved(value) && value.isParameter !== true)) return undefined
  const [first] = decoded.left
  const [value] = open
  if (first === undefined || !isUnresolved(value)) return undefined
  const { at } = part.spelt?.(completeComplaint(part.value, first)) ?? first
  const means =
    value.attribute === undefined ? '' : `; the parameter ${value.attribute} can give it`
  return `${pathOf(at)} is ${unresolvedText(value)}${means}`
}

const leftOutWarning = (part: Part, lack: string): EcsWarning => ({
  code: 'ResourceLeftOut',
  from: part.from,
  subject: subjectOfResource(part),
  text: 'left out of the plan, as a value that it needs is not known',
  detail: lack,
})

/** The task definitions of parts that are left out: by themselves they want no tasks. */
export const definitionsOf = (
  families: Families,
  leftOut: readonly Part[],
): ReadonlySet<Definition> => {
  const all = [...families.values()].flat()
  return new Set(
    leftOut.flatMap(({ definition, value }) => {
      if (definition !== undefined) return all.filter(({ part }) => part === definition)
      const named = isObject(value) ? own(value, 'taskDefinition') : undefined
      const found = typeof named === 'string' ? resolve(families, named) : E.left(undefined)
      return E.isRight(found) ? [found.right] : []
    }),
  )
}
