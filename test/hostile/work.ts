/**
 * Counts work as the number of executed blocks of code (loop bodies, branches, function bodies), by
 * the precise coverage of V8. The count of the same run is always the same, whatever the machine
 * and its load, if each function is first called after the counting began. Work of built-in
 * functions is not counted, such as the copy of a list.
 */
import { Session, type Profiler } from 'node:inspector'

/** Counts the blocks that are executed while something runs, in all scripts of this thread. */
export type CountWork = <Answer>(
  work: () => Promise<Answer>,
) => Promise<{ readonly answer: Answer; readonly blocks: number }>

/**
 * Starts to count. One session serves the whole process: code that V8 has optimized for another
 * one is not counted.
 */
export const startCounting = (): CountWork => {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  /** The blocks since the last call. */
  const takeCount = (): number => {
    let scripts: readonly Profiler.ScriptCoverage[] = []
    session.post('Profiler.takePreciseCoverage', (_, taken) => {
      scripts = taken.result
    })
    return blocksIn(scripts)
  }
  return async (work) => {
    takeCount()
    const answer = await work()
    return { answer, blocks: takeCount() }
  }
}

const blocksIn = (scripts: readonly Profiler.ScriptCoverage[]): number => {
  let sum = 0
  for (const { functions } of scripts)
    for (const { ranges } of functions) for (const { count } of ranges) sum += count
  return sum
}
