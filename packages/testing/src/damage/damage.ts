/**
 * Values with something else in one of their places, for tests of readers: whatever stands there,
 * nothing may be thrown.
 */

/** All places in a value, the value itself first, each as the steps that lead there. */
export const placesIn = (value: unknown): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? [[]]
    : [
        [],
        ...Object.entries(value).flatMap(([key, inner]) =>
          placesIn(inner).map((steps) => [key, ...steps]),
        ),
      ]

export const valueAt = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce((inside, step) => (inside as Readonly<Record<string, unknown>>)[step], value)

/** The value with `by` at a place that is in it. */
export const replaced = (
  value: unknown,
  [step, ...steps]: readonly string[],
  by: unknown,
): unknown => {
  if (step === undefined) return by
  const changed = replaced(valueAt(value, [step]), steps, by)
  return Array.isArray(value)
    ? value.map((item: unknown, i) => (String(i) === step ? changed : item))
    : { ...(value as object), [step]: changed }
}
