/** Which loop is inside the index, and how much it does. */
import * as inScript from './loop.js'
import { instantiated } from './memory.js'

/** Only fit and values; or all, in WebAssembly or in JavaScript. */
type Way = 'values' | 'all' | 'script'

/** Both are put here when the bench is bundled. */
declare const chosenWay: Way
declare const compiledLoop: string

/** What `loop.as.ts` exports. */
interface Loop extends Pick<typeof inScript, 'catchUp' | 'first'> {
  readonly values: (
    records: number,
    rows: number,
    count: number,
    asked: number,
    out: number,
  ) => number
}

const compiled = instantiated(compiledLoop) as Loop

export const isWhole = chosenWay !== 'values'
export const { values } = compiled
export const { catchUp, first } = chosenWay === 'script' ? inScript : compiled
