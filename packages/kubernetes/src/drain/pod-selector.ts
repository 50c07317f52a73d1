/**
 * Parses a label selector in the syntax of kubectl's options, such as
 * `--pod-selector app=web,tier!=db`. All requirements between the commas must hold. An empty text
 * selects everything.
 *
 * Source: Kubernetes documentation, "Labels and Selectors" (label selectors of the API), and the
 * answers of apimachinery 0.37.
 */
import { renderValue, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { Labels } from '../words/label-selector.js'

/** Whether labels are selected. */
export type LabelTest = (labels: Labels) => boolean

/** The test that a text says. */
export const parsePodSelector = (text: string): E.Either<MalformedValue, LabelTest> => {
  const tests: LabelTest[] = []
  for (const part of text.trim() === '' ? [] : requirementTexts(text)) {
    const test = requirementTest(part.trim())
    if (test === undefined)
      return E.left({
        ...{ at: [], found: renderValue(part.trim()) },
        expected:
          'a requirement such as app=web, app!=web, app in (web,api), app notin (web), app, !app, size>3 or size<3',
      })
    tests.push(test)
  }
  return E.right((labels) => tests.every((test) => test(labels)))
}

/** The parts between commas that are not in parentheses. */
const requirementTexts = (text: string): readonly string[] => {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    depth += Number(character === '(') - Number(character === ')')
    if (character === ',' && depth === 0) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${character}`)
  }
  return parts
}

/** An optional `!` and a key; what is required of it follows. */
const requirementForm = /^(!?)\s*([A-Za-z0-9._/-]+)/

const requirementTest = (text: string): LabelTest | undefined => {
  const [before = '', negation, key = ''] = requirementForm.exec(text) ?? []
  const rest = text.slice(before.length).trimStart()
  if (!isLabelKey(key)) return undefined
  if (rest === '') return (labels) => labels.has(key) === (negation === '')
  if (negation !== '') return undefined
  return equalityTest(key, rest) ?? setTest(key, rest) ?? numberTest(key, rest)
}

const equalityTest = (key: string, rest: string): LabelTest | undefined => {
  const [, sign, value = ''] = /^(==?|!=)\s*([A-Za-z0-9._-]*)$/.exec(rest) ?? []
  return sign === undefined || !isLabelValue(value)
    ? undefined
    : (labels) => (labels.get(key) === value) === (sign !== '!=')
}

const setTest = (key: string, rest: string): LabelTest | undefined => {
  const [, operator, list = ''] = /^(in|notin)\s*\(([^()]*)\)$/.exec(rest) ?? []
  const values = list.split(',').map((one) => one.trim())
  if (operator === undefined || !values.every(isLabelValue)) return undefined
  return (labels) => {
    const found = labels.get(key)
    return (found !== undefined && values.includes(found)) === (operator === 'in')
  }
}

const numberTest = (key: string, rest: string): LabelTest | undefined => {
  const [, sign, bound] = /^([<>])\s*(\d+)$/.exec(rest) ?? []
  if (sign === undefined) return undefined
  return (labels) => {
    const found = labels.get(key)
    if (found === undefined || !/^[+-]?\d+$/.test(found)) return false
    return sign === '>' ? Number(found) > Number(bound) : Number(found) < Number(bound)
  }
}
