/**
 * Tests that the plain `step` does the same as the fp-ts `step`, with a `Result` in place of each
 * Either.
 */
import { expect, it } from 'vitest'
import * as main from '../index.js'
import * as plain from '../plain.js'

const learnt = (draft: plain.Draft, report: unknown) =>
  plain.define(draft, plain.classSpecOf([[plain.cpu, report as number]]))

/** Starts one replica of each size that is reported. */
const one: plain.Controller<readonly plain.ClassId[]> = {
  name: 'one',
  start: [],
  learn: (draft, memory, { report }) => {
    const defined = learnt(draft, report)
    if (defined._tag === 'Failed') return defined
    return { _tag: 'Done', value: { memory: [...memory, defined.value] } }
  },
  decide: (_, memory) => ({
    memory: [],
    intents: memory.map((of) => ({ _tag: 'Start', owner: 'web', class: of, count: 1 })),
  }),
  toData: (memory) => memory,
}
const lowerNode: plain.LowerNode = (_, node, name) =>
  typeof node === 'number'
    ? { _tag: 'Done', value: plain.nodeSpecOf(name, [[plain.cpu, node]]) }
    : { _tag: 'Failed', fault: { at: [], found: plain.renderValue(node), expected: 'an amount' } }

const at = plain.instant(1)
const joined = (node: unknown): plain.StepEvent => ({ _tag: 'NodeJoined', at, name: 'a', node })
const reported = (report: unknown): plain.StepEvent => ({
  ...{ _tag: 'Reported', at, controller: 'one', about: 'web', report },
})
const advance = plain.step([one], { lowerNode })

it('takes controllers and readers that return a Result, and returns one', () => {
  const events = [joined(5), reported(3)]
  const { state, effects } = plain.getOrThrow(advance(plain.startSteps(), events))
  expect(effects).toMatchObject([{ _tag: 'Place', node: 'a' }])
  const log = [
    plain.logHeader([one], { start: plain.instant(0) }),
    ...plain.logStep(events, effects),
    plain.logEnd([one], state),
  ].join('\n')
  const replay = plain.getOrThrow(plain.replayLog(log, [one], { lowerNode }))
  expect(plain.stateHash([one], replay.state)).toBe(main.stateHash([one], state))
  expect(plain.readLogHeader(log)).toMatchObject({ _tag: 'Done', value: { controllers: ['one'] } })
})

it('fails with the fault of the event', () => {
  expect(advance(plain.startSteps(), [joined('x')])).toMatchObject({
    ...{ _tag: 'Failed' },
    fault: { _tag: 'BadEvent', event: 0, at: ['node'], found: '"x"' },
  })
  expect(advance(plain.startSteps(), [reported(-1)])).toMatchObject({
    ...{ _tag: 'Failed' },
    fault: { _tag: 'BadReport', controller: 'one' },
  })
  expect(plain.readLogHeader('')).toMatchObject({ _tag: 'Failed', fault: { line: 1 } })
})
