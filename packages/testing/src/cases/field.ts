/** Codecs of fields that recorded cases have in common. */
import { codecOf, whole, type Codec } from '@stowage/documents'

/** A finite number. */
export const finite: Codec<number> = codecOf('a number', (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined,
)

/** How many of something, or how much of it. */
export const amount = whole('a whole number, 0 or more', 0, Number.MAX_SAFE_INTEGER)

/** How long something lasted, or how long ago it was. */
export const elapsed = whole('whole seconds', -2_147_483_648)
