/**
 * Defines what all pages that draw plans share: the largest number of boxes in a block, the text of
 * a box, and the color of a workload. A block stands for a machine, for example, and a box in it
 * for replicas of one workload.
 */
import { holdText } from './amount.js'
import { printable } from './printable.js'

/** Bounds and colours of blocks. */
export const drawing = {
  /** From so many machines on, a machine is a tile without words. */
  tilesMin: 200,
  /** So many boxes a block has; the others are counted. */
  boxesMax: 12,
  /** The text of a box: `shop/web x2`. */
  boxText: (hold: Parameters<typeof holdText>[0]): string => printable(holdText(hold)),
  /** The hue of a workload in degrees: equal names have equal colours, on every page. */
  hueOf: (name: string): number =>
    [...name].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 359, 7),
}
