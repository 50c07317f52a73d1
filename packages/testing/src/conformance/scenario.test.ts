/**
 * Tests that a malformed object anywhere in a scenario gives an answer that says what is wrong, and
 * where.
 */
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptsOf } from './scenario.js'

const controller = (spec: unknown) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec,
})
const labels = { app: 'web' }

describe('a scenario', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'nothing'],
    [7, '7'],
    ['Pod', '"Pod"'],
  ])('refuses %s in the place of an object', (value, found) => {
    expect(attemptsOf({ objects: [controller(undefined), value], pending: [] })).toEqual(
      E.left([
        expect.objectContaining({ from: 'object 0' }),
        { from: 'object 1', at: [], found, expected: 'an object with apiVersion and kind' },
      ]),
    )
  })

  it('takes a controller whose template has no container, and none whose template is no object', () => {
    const selector = { matchLabels: labels }
    const template = { metadata: { labels }, spec: {} }
    expect(attemptsOf({ objects: [controller({ selector, template })], pending: [] })).toEqual(
      E.right([]),
    )
    for (const spec of [null, 3, []])
      expect(
        attemptsOf({
          objects: [controller({ selector, template: { ...template, spec } })],
          pending: [],
        }),
      ).toMatchObject(E.left([{ from: 'object 0', at: ['spec', 'template', 'spec'] }]))
  })

  it('answers whatever the object is', () => {
    const kind = fc.constantFrom('Pod', 'Deployment', 'Node', 'PriorityClass')
    const broken = fc.record({
      apiVersion: fc.constantFrom('v1', 'apps/v1', 'scheduling.k8s.io/v1'),
      kind,
      metadata: fc.oneof(fc.constant({ name: 'a' }), fc.jsonValue()),
      spec: fc.oneof(
        fc.record({ template: fc.oneof(fc.record({ spec: fc.jsonValue() }), fc.jsonValue()) }),
        fc.jsonValue(),
      ),
    })
    fc.assert(
      fc.property(fc.oneof(fc.anything(), broken), (value) => {
        const attempts = attemptsOf({ objects: [value], pending: [] })
        return E.isRight(attempts) || attempts.left.every(({ from }) => from === 'object 0')
      }),
    )
  })
})
