/**
 * Adds a revision of a task definition, such as `web:3`, to the state of the cluster. A revision
 * with the same number is replaced.
 */
import type { TaskDefinition } from '../words/task-definition.js'
import type { Definition } from '../workload/family.js'
import { definitionArnOf } from './options.js'
import type { EcsState } from './state.js'

/** An answer about one revision of a task definition. */
export interface OneDefinition {
  readonly taskDefinition: TaskDefinition & {
    readonly taskDefinitionArn: string
    readonly revision: number
    readonly status: string
  }
}

/** The number of the family's next revision; the first is 1. */
export const nextRevision = ({ families }: EcsState, family: string): number =>
  1 + (families.get(family)?.at(-1)?.revision ?? 0)

/** Adds a revision to its family, or replaces the one with the same number. */
export const enterDefinition = (
  state: EcsState,
  definition: Definition,
): readonly [EcsState, OneDefinition] => {
  const { value, revision } = definition
  const others = (state.families.get(value.family) ?? []).filter(
    (each) => each.revision !== revision,
  )
  const all = [...others, definition].sort((a, b) => a.revision - b.revision)
  const families = new Map(state.families).set(value.family, all)
  const taskDefinitionArn = definitionArnOf(state.options, `${value.family}:${revision}`)
  const { status = 'ACTIVE' } = value
  return [
    { ...state, families },
    { taskDefinition: { ...value, taskDefinitionArn, revision, status } },
  ]
}
