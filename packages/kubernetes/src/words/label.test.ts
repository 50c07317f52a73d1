/** Tests the syntax check of label keys and label values against recorded answers of Kubernetes. */
import { expect, it } from 'vitest'
import { isLabelKey, isLabelValue } from './label.js'

const long = 'x'.repeat(63)

it.each(['size', 'a.b-c_D', '7', 'example.com/size', 'a/b', long, `p/${long}`])(
  '%s is a key',
  (key) => {
    expect(isLabelKey(key)).toBe(true)
  },
)
it.each(['', '-a', '_a', 'a-', 'a b', '/a', 'a/', 'a/b/c', 'Upper/a', 'a..b/c', `${long}x`, 'a\n'])(
  '%j is no key',
  (key) => {
    expect(isLabelKey(key)).toBe(false)
  },
)
it.each(['', '5', 'a.b', long])('%j is a value', (value) => {
  expect(isLabelValue(value)).toBe(true)
})
it.each(['-1', '+1', ' 1', '1_', 'a b', 'a/b', `${long}x`])('%j is no value', (value) => {
  expect(isLabelValue(value)).toBe(false)
})
