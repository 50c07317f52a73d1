/**
 * Tests which labels of pods become facts (texts by which kernel rules count pods): pods that
 * differ only in labels that no selector reads have the same facts.
 */
import { batch, getOrThrow, define, empty, type ClassSpec } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { labelFacts } from './labels.js'

const classesOf = (asked: readonly string[], ...all: readonly Readonly<Record<string, string>>[]) =>
  batch(empty, (draft) =>
    all.map((labels) => {
      const isAsked = (key: string): boolean => asked.includes(key)
      const facts = labelFacts(draft, 'default', new Map(Object.entries(labels)), isAsked)
      const choice: ClassSpec['choice'] = { _tag: 'Sum', tie: 'rank', scores: [] }
      return getOrThrow(define(draft, { facts, occupies: [], filters: [], choice, priority: 0 }))
    }),
  )[1]

it('are of one class whatever nobody asks about', () => {
  const [one, same, other] = classesOf(
    ['app'],
    { app: 'web', hash: '1' },
    { app: 'web', hash: '2' },
    { app: 'job', hash: '1' },
  )
  expect([one === same, one === other]).toEqual([true, false])
})
