/**
 * Tests label selectors in the syntax of kubectl's options, such as
 * `--pod-selector app=web,tier!=db`.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { parsePodSelector } from './pod-selector.js'

const labels = new Map([
  ['app', 'web'],
  ['size', '4'],
  ['example.com/tier', ''],
])

it.each<readonly [string, boolean]>([
  ['', true],
  ['app=web', true],
  ['app == web', true],
  ['app!=web', false],
  ['zone!=a', true],
  ['app in (api, web)', true],
  ['app notin (api,web)', false],
  ['zone notin (a)', true],
  ['app,!zone', true],
  ['zone', false],
  ['example.com/tier=', true],
  ['size>3,size<5', true],
  ['size>4', false],
  ['app>1', false],
  ['app=web,size=3', false],
  ['app in(web)', true],
  ['app in ()', false],
  [' app = web ', true],
])('%s', (text, isSelected) => {
  const test = parsePodSelector(text)
  expect(E.isRight(test) && test.right(labels)).toBe(isSelected)
})

it.each([
  'app=web,',
  'app in web',
  'app in (a b)',
  '=web',
  'a=b=c',
  'app>x',
  '-a',
  'app web',
  'size>-1',
])('refuses %s', (text) => {
  expect(parsePodSelector(text)).toMatchObject({
    left: { expected: expect.any(String) as string },
  })
})
