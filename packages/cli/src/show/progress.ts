/**
 * Shows progress on standard error once a command takes longer than a second: the stage, and the
 * seconds so far. A separate thread writes the line, because planning blocks the main thread; the
 * line is erased when the work ends.
 */
import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const stages = ['starting', 'reading', 'planning', 'writing']

/** Cells of the memory that both threads see. */
const [stageCell, shownCell, cells] = [0, 1, 2]

/** From the second second on, a line with the stage, until the stage is negative. */
const script = `
const { writeSync } = require('node:fs')
const { workerData: { memory, stages } } = require('node:worker_threads')
const state = new Int32Array(memory)
for (let seconds = 1; ; seconds++) {
  const until = Date.now() + 1000
  for (let stage; (stage = Atomics.load(state, ${stageCell})) >= 0 && Date.now() < until; )
    Atomics.wait(state, ${stageCell}, stage, Math.max(1, until - Date.now()))
  const stage = Atomics.load(state, ${stageCell})
  if (stage < 0) break
  Atomics.store(state, ${shownCell}, 1)
  writeSync(2, '\\r\\u001b[Kstowage: ' + stages[stage] + ', ' + seconds + ' s')
}
`

/** What is being done, and the end of it. */
export interface Progress {
  readonly tell: (stage: string) => void
  readonly end: () => Promise<void>
}

/** Starts at the first stage that it is told; help needs no thread. */
export const showProgress = (): Progress => {
  const state = new Int32Array(new SharedArrayBuffer(cells * Int32Array.BYTES_PER_ELEMENT))
  let worker: Worker | undefined
  const setStage = (stage: number): void => {
    Atomics.store(state, stageCell, stage)
    Atomics.notify(state, stageCell)
  }
  return {
    tell: (stage) => {
      setStage(Math.max(0, stages.indexOf(stage)))
      if (worker !== undefined) return
      worker = new Worker(script, { eval: true, workerData: { memory: state.buffer, stages } })
      worker.unref()
    },
    end: async () => {
      setStage(-1)
      await worker?.terminate()
      if (Atomics.load(state, shownCell) === 1) writeSync(2, '\r\u001b[K')
    },
  }
}
