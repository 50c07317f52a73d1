/** The class behind an id: a mistake of the caller's where there is none. */
import { invariant } from '../cluster/invariant.js'
import type { State } from '../cluster/state.js'
import type { ClassSpec } from '../rule/class.js'
import type { ClassId } from '../rule/id.js'

export const getClassSpec = ({ classes }: State, id: ClassId): ClassSpec => {
  const classSpec = classes.classes[id]
  if (classSpec === undefined) invariant(false, `no class ${id} was defined in this cluster`)
  return classSpec
}
