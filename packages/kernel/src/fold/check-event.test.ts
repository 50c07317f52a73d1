/**
 * Tests the validation of events: a valid event of each kind passes, and each of its fields is
 * checked.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEvent } from './check-event.js'
import type { EventTag } from '../time/event.js'

const valid: Readonly<Record<EventTag, Readonly<Record<string, unknown>>>> = {
  ClockAdvanced: {},
  NodeJoined: { name: 'a', node: { capacity: {} }, pool: 'spot' },
  NodeChanged: { name: 'a', node: { capacity: {} } },
  NodeLeft: { name: 'a' },
  ReplicaRunning: { replica: 0 },
  ReplicaLeaving: { replica: 67_108_864 },
  ReplicaStopped: { replica: 1, because: 'exit 1' },
  OrderFailed: { order: 1, because: 'no answer' },
  Reported: { controller: 'x', about: 'web', report: null, order: 1 },
}
const eventTags = Object.keys(valid) as readonly EventTag[]
const optional = ['pool', 'because of ReplicaStopped', 'order of Reported']
const anyOf = ['node', 'report']

describe.each(eventTags)('%s', (_tag) => {
  const event = { _tag, at: 5, ...valid[_tag] }
  it('passes', () => expect(checkEvent(event)).toBeUndefined())
  it('has an instant', () => {
    for (const at of [undefined, '5', 0.5, Infinity, NaN, 2 ** 53])
      expect(checkEvent({ ...event, at })).toMatchObject({ _tag: 'BadEvent', at: ['at'] })
  })
  it('has no other field', () => {
    expect(checkEvent({ ...event, surplus: 1 })).toEqual({
      ...{ _tag: 'BadEvent', at: ['surplus'], found: '1', expected: 'no such field' },
    })
  })
  it.each(Object.keys(valid[_tag]))('has its %s checked', (key) => {
    const isOptional = optional.includes(key) || optional.includes(`${key} of ${_tag}`)
    const wrong = anyOf.includes(key) ? [] : [null, {}, key === 'order' ? -1 : [1], 0.5]
    for (const value of wrong)
      expect(checkEvent({ ...event, [key]: value })).toMatchObject({
        ...{ _tag: 'BadEvent', at: [key] },
      })
    const missing = checkEvent({ ...event, [key]: undefined })
    if (isOptional || anyOf.includes(key)) expect(missing).toBeUndefined()
    else expect(missing).toMatchObject({ at: [key], found: 'nothing' })
  })
})

it('says which kinds there are', () => {
  expect(checkEvent({ _tag: 'NodeVanished', at: 5 })).toEqual({
    ...{ _tag: 'UnknownEvent', at: ['_tag'], found: '"NodeVanished"' },
    expected:
      'one of ClockAdvanced, NodeJoined, NodeChanged, NodeLeft, ReplicaRunning, ReplicaLeaving, ' +
      'ReplicaStopped, OrderFailed, Reported',
  })
  for (const _tag of [undefined, 'toString', '__proto__', 7, null])
    expect(checkEvent({ _tag, at: 5 })).toMatchObject({ _tag: 'UnknownEvent' })
})

/** Whatever is handed in is judged without a throw, and only an object with a tag can pass. */
const judges = (check: typeof checkEvent) =>
  fc.property(
    fc.oneof(
      fc.jsonValue(),
      fc.record({ _tag: fc.constantFrom(...eventTags), at: fc.jsonValue() }),
    ),
    (value) => {
      const wrong = check(value)
      if (wrong !== undefined) return
      const { _tag, at } = value as { readonly _tag: EventTag; readonly at: unknown }
      expect(Number.isSafeInteger(at)).toBe(true)
      expect(eventTags).toContain(_tag)
    },
  )
it('judges any value', () => fc.assert(judges(checkEvent), { numRuns: 1000 }))
it('is refuted when the instant is not looked at', () => {
  const careless: typeof checkEvent = (value) => {
    const wrong = checkEvent(value)
    return wrong?.at[0] === 'at' ? undefined : wrong
  }
  expect(isRefuted(judges(careless))).toBe(true)
})
