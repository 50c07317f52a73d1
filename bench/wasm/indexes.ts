/** An index that goes gives its tournaments back, as nobody collects what is in the memory of the loop. */
import type { ClassIndex } from '../../packages/kernel/src/index/class-index.js'
import { isWhole } from './chosen.js'
import { release } from './memory.js'

type Dropped = (indexes: unknown, described: unknown, index: ClassIndex) => void

export const dropped = (before: Dropped): Dropped =>
  isWhole
    ? (indexes, described, index) => {
        if (index.standing._tag === 'Grouped')
          for (const { tree } of index.standing.groups.groups)
            release(tree.values.byteOffset, tree.values.byteLength)
        before(indexes, described, index)
      }
    : before
