/**
 * Makes constructors of plain objects (objects with the prototype of a literal), for code that
 * makes thousands of them in a pass.
 *
 * V8 watches literals: where the objects of one literal have lived long, as those of the first pass
 * of a large cluster do, it allocates all later ones in the old generation, and collecting these
 * was a tenth of a step. It does not watch constructors.
 */

/** Fills in the fields of a new object, in the order in which they are printed. */
type Fill<Fields extends readonly unknown[], Value extends object> = (
  this: { -readonly [Key in keyof Value]: Value[Key] },
  ...fields: Fields
) => void

/** The constructor; `fill` must be a `function`, as an arrow function constructs nothing. */
export const plainConstructor = <Fields extends readonly unknown[], Value extends object>(
  fill: Fill<Fields, Value>,
): new (...fields: Fields) => Value => {
  const constructor = fill as unknown as { new (...fields: Fields): Value; prototype: object }
  constructor.prototype = Object.prototype
  return constructor
}
