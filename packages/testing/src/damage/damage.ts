/**
 * Creates damaged copies of plain values: replaces the part at a path by another value. Tests use
 * such copies to show that a reader never throws.
 */

/** The paths to all parts of a value; the empty path, to the value itself, is the first. */
export const pathsIn = (value: unknown): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? [[]]
    : [
        [],
        ...Object.entries(value).flatMap(([key, inner]) =>
          pathsIn(inner).map((steps) => [key, ...steps]),
        ),
      ]

/** The part at a path that exists. */
export const valueAt = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce((inside, step) => (inside as Readonly<Record<string, unknown>>)[step], value)

/** A copy of the value with `by` at a path that exists. */
export const replaceAt = (
  value: unknown,
  [step, ...steps]: readonly string[],
  by: unknown,
): unknown => {
  if (step === undefined) return by
  const changed = replaceAt(valueAt(value, [step]), steps, by)
  return Array.isArray(value)
    ? value.map((item: unknown, i) => (String(i) === step ? changed : item))
    : { ...(value as object), [step]: changed }
}
