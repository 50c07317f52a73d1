/**
 * Gets the description of a class (a workload as the scheduler sees it) by its id. Throws when the
 * cluster has no such class, because that is a mistake of the caller.
 */
import { classWith } from '../cluster/classes.js'
import { invariant } from '../cluster/invariant.js'
import type { State } from '../cluster/state.js'
import type { ClassSpec } from '../rule/class.js'
import type { ClassId } from '../rule/id.js'

/** The class of an id. Throws for an id that `define` of this cluster did not return. */
export const getClassSpec = ({ classes }: State, id: ClassId): ClassSpec => {
  const classSpec = classWith(classes, id)
  if (classSpec === undefined) invariant(false, `no class ${id} was defined in this cluster`)
  return classSpec
}
