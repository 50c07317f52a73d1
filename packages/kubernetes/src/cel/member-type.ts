/**
 * Determines the static types of the parts of a CEL value: of a field of a device or a map, of the
 * items of a list, of the keys of a map, and of the value inside an optional value.
 */
import * as E from 'fp-ts/lib/Either.js'
import { isDynamicType, mapType, typeText, type CelType, type TypeVariables } from './type.js'

/** A type, or what is wrong, in words. */
export type CheckedType = E.Either<string, CelType>

/** The type of an item that is written with `?`. */
export const insideOptional = (variables: TypeVariables, type: CelType): CheckedType => {
  const known = variables.known(type)
  if (typeof known === 'object' && known._tag === 'Optional') return E.right(known.of)
  return isDynamicType(known)
    ? E.right(known)
    : E.left(`expected an optional value but found '${typeText(known)}' in a list`)
}

const deviceFields: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ['driver', 'string'],
  ['allowMultipleAllocations', 'bool'],
  ['attributes', mapType('string', mapType('string', 'any'))],
  ['capacity', mapType('string', mapType('string', 'quantity'))],
])

/** The type of a field: of the device, of a map, or of what is known when it is evaluated. */
export const fieldType = (variables: TypeVariables, of: CelType, field: string): CheckedType => {
  if (of === 'device') {
    const type = deviceFields.get(field)
    return type === undefined ? E.left(`undefined field '${field}'`) : E.right(type)
  }
  if (typeof of === 'object' && of._tag === 'Map') return E.right(of.value)
  const isOpen = typeof of === 'object' && of._tag === 'Variable'
  if (isOpen) variables.fit(['dyn'], [of])
  return isOpen || isDynamicType(of)
    ? E.right('dyn')
    : E.left(`type '${typeText(of)}' does not support field selection`)
}

/** The types of the variables of a macro: of an item or a key, and of the second variable. */
export const rangeTypes = (
  variables: TypeVariables,
  range: CelType,
): E.Either<string, readonly [one: CelType, second: readonly [CelType, CelType]]> => {
  if (typeof range === 'object' && range._tag === 'List')
    return E.right([range.of, ['int', range.of]])
  if (typeof range === 'object' && range._tag === 'Map')
    return E.right([range.key, [range.key, range.value]])
  const isOpen = typeof range === 'object' && range._tag === 'Variable'
  if (isOpen) variables.fit(['dyn'], [range])
  // An attribute of a device has to be made dynamic by dyn() first.
  return isOpen || range === 'dyn'
    ? E.right(['dyn', ['dyn', 'dyn']])
    : E.left(`'${typeText(range)}' is no list and no map, over which a macro could go`)
}
