/**
 * Taints as marks, and what a pod tolerates as an expression over them.
 *
 * Source: Kubernetes documentation, "Taints and Tolerations".
 */
import { internWord, type Attributes, type Draft, type Expr } from '@stowage/kernel'
import type { Taint, Toleration } from '../words/taint.js'

/**
 * The attribute of nodes that are cordoned. To Kubernetes no key of a label begins so, and one that
 * does is left out.
 */
export const unschedulableKey = '/unschedulable'

const keys = (draft: Draft) => ({
  key: internWord(draft, '/taint/key'),
  value: internWord(draft, '/taint/value'),
  effect: internWord(draft, '/taint/effect'),
})

export const markOf = (draft: Draft, { key, value, effect }: Taint): Attributes => {
  const names = keys(draft)
  return [
    [names.key, internWord(draft, key)],
    [names.value, internWord(draft, value ?? '')],
    [names.effect, internWord(draft, effect)],
  ]
}

/**
 * A toleration without an operator means Equal; one whose operator is neither Equal nor Exists
 * tolerates nothing.
 */
const toleranceOf = (draft: Draft, { key, operator, value, effect }: Toleration): Expr => {
  const names = keys(draft)
  const given = (name: keyof typeof names, wanted: string | undefined): readonly Expr[] =>
    wanted === undefined || wanted === ''
      ? []
      : [{ _tag: 'In', key: names[name], values: [internWord(draft, wanted)] }]
  const scope = [...given('effect', effect), ...given('key', key)]
  if (operator === 'Exists') return { _tag: 'All', of: scope }
  if (operator !== undefined && operator !== '' && operator !== 'Equal')
    return { _tag: 'Any', of: [] }
  const equal: Expr = { _tag: 'In', key: names.value, values: [internWord(draft, value ?? '')] }
  return { _tag: 'All', of: [...scope, equal] }
}

/** The marks that keep no pod away, and those that are tolerated. */
export const toleratedExpr = (draft: Draft, tolerations: readonly Toleration[]): Expr => {
  const names = keys(draft)
  const effects = ['NoSchedule', 'NoExecute'].map((effect) => internWord(draft, effect))
  const harmless: Expr = { _tag: 'Not', of: { _tag: 'In', key: names.effect, values: effects } }
  return { _tag: 'Any', of: [harmless, ...tolerations.map((one) => toleranceOf(draft, one))] }
}

/** The marks that only discourage, less those that are tolerated as such. */
export const discouragingExpr = (draft: Draft, tolerations: readonly Toleration[]): Expr => {
  const discouraging = internWord(draft, 'PreferNoSchedule')
  const tolerated: Expr = { _tag: 'Any', of: tolerations.map((one) => toleranceOf(draft, one)) }
  return {
    _tag: 'All',
    of: [
      { _tag: 'In', key: keys(draft).effect, values: [discouraging] },
      { _tag: 'Not', of: tolerated },
    ],
  }
}

/**
 * Whether the tolerations cover a taint, as plain logic: for taints that no node carries as such.
 */
export const tolerates = (tolerations: readonly Toleration[], taint: Taint): boolean =>
  tolerations.some(
    ({ key, operator, value, effect }) =>
      (isAbsent(effect) || effect === taint.effect) &&
      (isAbsent(key) || key === taint.key) &&
      (operator === 'Exists' ||
        ((isAbsent(operator) || operator === 'Equal') && (value ?? '') === (taint.value ?? ''))),
  )

const isAbsent = (text: string | undefined): boolean => text === undefined || text === ''
