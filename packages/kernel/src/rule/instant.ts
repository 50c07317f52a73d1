/**
 * Defines the unit of time of every package: whole milliseconds since 1970-01-01T00:00:00Z. A
 * platform that writes seconds or texts converts them where it decodes its documents.
 */
export type Instant = number & { readonly unit: 'ms since 1970' }

/** An instant from a number of milliseconds since 1970. */
export const instant = (milliseconds: number): Instant => milliseconds as Instant

/** Whether a value is an instant: a whole number of milliseconds within the safe integers. */
export const isInstant = (value: unknown): value is Instant => Number.isSafeInteger(value)

/** An instant from a number of seconds since 1970, rounded to the nearest millisecond. */
export const instantOfSeconds = (seconds: number): Instant => Math.round(seconds * 1000) as Instant

/** The instant that is `milliseconds` after another; before it when negative. */
export const later = (from: Instant, milliseconds: number): Instant =>
  (from + milliseconds) as Instant
