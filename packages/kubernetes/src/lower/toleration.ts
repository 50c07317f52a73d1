/**
 * Translates the taints of a node to marks (the kernel's form of a taint), and the tolerations of a
 * pod to an expression that matches marks.
 *
 * Source: Kubernetes documentation, "Taints and Tolerations".
 */
import { internWord, type Attributes, type Draft, type Expr } from '@stowage/kernel'
import type { Taint, Toleration } from '../words/taint.js'

/**
 * The attribute of cordoned nodes. A label key cannot begin with a slash, and a label that does is
 * left out.
 */
export const unschedulableKey = '/unschedulable'

const taintWords = (draft: Draft) => ({
  key: internWord(draft, '/taint/key'),
  value: internWord(draft, '/taint/value'),
  effect: internWord(draft, '/taint/effect'),
})

/** The mark of a taint: its key, value and effect. */
export const markOf = (draft: Draft, { key, value, effect }: Taint): Attributes => {
  const names = taintWords(draft)
  return [
    [names.key, internWord(draft, key)],
    [names.value, internWord(draft, value ?? '')],
    [names.effect, internWord(draft, effect)],
  ]
}

/**
 * Matches the taints that one toleration tolerates. Without an operator it means Equal; an operator
 * other than Equal and Exists tolerates nothing.
 */
const toleranceOf = (draft: Draft, { key, operator, value, effect }: Toleration): Expr => {
  const names = taintWords(draft)
  const matchText = (name: keyof typeof names, text: string | undefined): readonly Expr[] =>
    text === undefined || text === ''
      ? []
      : [{ _tag: 'In', key: names[name], values: [internWord(draft, text)] }]
  const scope = [...matchText('effect', effect), ...matchText('key', key)]
  if (operator === 'Exists') return { _tag: 'All', of: scope }
  if (operator !== undefined && operator !== '' && operator !== 'Equal')
    return { _tag: 'Any', of: [] }
  const equal: Expr = { _tag: 'In', key: names.value, values: [internWord(draft, value ?? '')] }
  return { _tag: 'All', of: [...scope, equal] }
}

/**
 * Matches the marks that do not keep the pod away: those with another effect than NoSchedule and
 * NoExecute, and those that it tolerates.
 */
export const toleratedExpr = (draft: Draft, tolerations: readonly Toleration[]): Expr => {
  const names = taintWords(draft)
  const effects = ['NoSchedule', 'NoExecute'].map((effect) => internWord(draft, effect))
  const harmless: Expr = { _tag: 'Not', of: { _tag: 'In', key: names.effect, values: effects } }
  return { _tag: 'Any', of: [harmless, ...tolerations.map((one) => toleranceOf(draft, one))] }
}

/** Matches the PreferNoSchedule marks that the pod does not tolerate. */
export const discouragingExpr = (draft: Draft, tolerations: readonly Toleration[]): Expr => {
  const discouraging = internWord(draft, 'PreferNoSchedule')
  const tolerated: Expr = { _tag: 'Any', of: tolerations.map((one) => toleranceOf(draft, one)) }
  return {
    _tag: 'All',
    of: [
      { _tag: 'In', key: taintWords(draft).effect, values: [discouraging] },
      { _tag: 'Not', of: tolerated },
    ],
  }
}

/**
 * Whether the tolerations cover a taint, without an expression: for taints that no node has as a
 * mark.
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
