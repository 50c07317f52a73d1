/**
 * Tests the event message of a pod that fits nowhere against recorded messages of kube-scheduler,
 * and its contents against the verdict.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { batch, empty, renderValue } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../config/configuration.js'
import { openSession } from '../scheduler/open.js'
import type { Rejection, Verdict } from '../scheduler/verdict.js'
import { concatObjects, readObjects } from '../words/object.js'
import { worldOf } from '../scheduler/world.js'
import { lower } from '../scheduler/lowered.js'
import { explainCycle } from './turn-explanation.js'
import { eventMessage } from './message.js'

interface Row {
  readonly id: string
  readonly config?: unknown
  readonly objects: readonly unknown[]
  readonly pending: readonly string[]
  readonly messages: readonly string[]
}

const rows = readFileSync(resolve('test/golden/fit-error.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row)

/**
 * A node and a number of victims may be any of those that are equally good; the rest of the text is
 * one.
 */
const withoutLot = (message: string): string =>
  message.replace(/on node \S+, preempting/, 'on a node, preempting')

const messagesOf = ({ config, objects, pending }: Row): readonly string[] => {
  const { objects: read, bad } = concatObjects(
    objects.map((value, i) => readObjects({ from: `object ${i}`, value })),
  )
  const configuration =
    config === undefined ? undefined : readConfiguration({ from: '', value: config })
  if (bad.length > 0 || (configuration !== undefined && E.isLeft(configuration)))
    throw new Error(renderValue(bad[0]))
  const [, messages] = batch(empty, (draft) => {
    const session = openSession(draft, worldOf(read, { configuration: configuration?.right }))
    return pending.map(
      (name) => explainCycle(session, lower(session, session.pods.get(name)!)).message ?? '',
    )
  })
  return messages
}

describe('the message', () => {
  it('is upstream’s, to the letter', () => {
    expect(rows.length).toBe(120)
    for (const row of rows)
      expect([row.id, ...messagesOf(row).map(withoutLot)]).toEqual([
        row.id,
        ...row.messages.map(withoutLot),
      ])
  })
  it('is recorded in every form', () => {
    const all = rows.flatMap(({ messages }) => messages).join('\n')
    for (const form of [
      'no nodes available to schedule pods',
      'not eligible due to preemptionPolicy=Never.',
      'PersistentVolumeClaims. not found',
      'found a potential placement for pod on node',
      'No preemption victims found for incoming pod',
      'Preemption is not helpful for scheduling',
      "didn't satisfy plugin(s) [NodeAffinity]",
    ])
      expect(all).toContain(form)
  })
})

const reasons = [
  'Insufficient cpu',
  'Too many pods',
  'node(s) were unschedulable',
  '10 of 2',
] as const
const anyRefused = fc.array(fc.constantFrom(...reasons), { minLength: 1, maxLength: 20 })

const verdictOf = (refused: readonly string[]): Verdict => ({
  pod: 'default/p',
  result: 'unschedulable',
  rejected: Object.fromEntries(
    refused.map((reason, i): [string, Rejection] => [
      `n${i}`,
      { plugin: 'X', code: 'Unschedulable', reasons: [reason] },
    ]),
  ),
})

/** Each node gives one reason, so the counts come to as many as there are nodes. */
const addsUp = (message: typeof eventMessage) =>
  fc.property(anyRefused, (refused) => {
    const text = message(verdictOf(refused), {
      nodes: refused.length,
      preFilters: [],
      postFilters: [],
      ways: { reasons: [] },
      preemptionPolicy: undefined,
    })
    const counts = text
      .slice(text.indexOf(':') + 1)
      .split(', ')
      .map((part) => parseInt(part, 10))
    return counts.reduce((sum, count) => sum + count, 0) === refused.length
  })

it('counts every node once where each gives one reason', () => {
  fc.assert(addsUp(eventMessage))
})
it('is refuted when a node that says what another says is left out', () => {
  const distinct: typeof eventMessage = (verdict, beside) => {
    const texts = new Set<string>()
    const rejected = Object.entries(verdict.rejected ?? {}).filter(
      ([
        ,
        {
          reasons: [one],
        },
      ]) => {
        const isNew = !texts.has(one ?? '')
        texts.add(one ?? '')
        return isNew
      },
    )
    return eventMessage({ ...verdict, rejected: Object.fromEntries(rejected) }, beside)
  }
  expect(isRefuted(addsUp(distinct))).toBe(true)
})
