/** The class behind an id: a mistake of the caller's where there is none. */
import { invariant } from '../cluster/invariant.js'
import type { Parts } from '../cluster/parts.js'
import type { Class } from '../rule/class.js'
import type { ClassId } from '../rule/id.js'

export const classOf = ({ classes }: Parts, id: ClassId): Class => {
  const described = classes.classes[id]
  if (described === undefined) invariant(false, `no class ${id} was defined in this cluster`)
  return described
}
