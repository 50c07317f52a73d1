/**
 * Agreement of two plain values, as a property needs it: silent, or an exception that shows both.
 */
import { written } from '../picture/written.js'

/** Throws when the two do not say the same. */
export const agree = (said: unknown, twin: unknown): void => {
  const [one, other] = [written(said), written(twin)]
  if (one !== other) throw new Error(`it says\n${one}\nand its twin says\n${other}`)
}
