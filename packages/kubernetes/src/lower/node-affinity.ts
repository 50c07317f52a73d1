/**
 * Translates node selectors and node affinity to a kernel expression on a node's labels and name. A
 * term that kube-scheduler drops as invalid matches no node.
 *
 * Source: Kubernetes documentation, "Assigning Pods to Nodes" (operators of node affinity).
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { findNode, internWord, type Draft, type Expr, type NodeId } from '@stowage/kernel'
import { isLabelKey, isLabelValue } from '../words/label.js'
import type {
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'

const falseExpr: Expr = { _tag: 'Any', of: [] }
const not = (of: Expr): Expr => ({ _tag: 'Not', of })

const termsOf = (spec: PodSpec): readonly NodeSelectorTerm[] | undefined =>
  spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms

/** Combines `nodeSelector` and required node affinity; `undefined` when the pod has neither. */
export const affinityExpr = (draft: Draft, spec: PodSpec): Expr | undefined => {
  const terms = termsOf(spec)
  if (terms === undefined && spec.nodeSelector.size === 0) return undefined
  const selected = [...spec.nodeSelector].map(
    ([key, value]): Expr => ({
      _tag: 'In',
      key: internWord(draft, key),
      values: [internWord(draft, value)],
    }),
  )
  if (terms === undefined) return { _tag: 'All', of: selected }
  return { _tag: 'All', of: [...selected, requiredExpr(draft, terms)] }
}

/** Required terms: at least one must hold. */
export const requiredExpr = (draft: Draft, terms: readonly NodeSelectorTerm[]): Expr => ({
  _tag: 'Any',
  of: terms.map((term) => termExpr(draft, term)),
})

/** Preferred terms, each with its weight. */
export const preferredExprs = (
  draft: Draft,
  affinity: NodeAffinity | undefined,
): readonly (readonly [expr: Expr, weight: number])[] =>
  (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
    ({ preference, weight }) => [termExpr(draft, preference), weight],
  )

/** An empty term matches no node. */
const termExpr = (draft: Draft, { matchExpressions, matchFields }: NodeSelectorTerm): Expr => {
  if (matchExpressions.length === 0 && matchFields.length === 0) return falseExpr
  return {
    _tag: 'All',
    of: [
      ...matchExpressions.map((requirement) => labelExpr(draft, requirement)),
      ...matchFields.map((requirement) => fieldExpr(draft, requirement)),
    ],
  }
}

const labelExpr = (
  draft: Draft,
  { key: label, operator, values }: NodeSelectorRequirement,
): Expr => {
  if (!isLabelKey(label) || !values.every(isLabelValue)) return falseExpr
  const key = internWord(draft, label)
  const among: Expr = { _tag: 'In', key, values: values.map((value) => internWord(draft, value)) }
  switch (operator) {
    case 'In':
      return among
    case 'NotIn':
      return values.length > 0 ? not(among) : falseExpr
    case 'Exists':
      return values.length === 0 ? { _tag: 'Has', key } : falseExpr
    case 'DoesNotExist':
      return values.length === 0 ? not({ _tag: 'Has', key }) : falseExpr
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) return falseExpr
      return {
        _tag: 'Compare',
        key,
        as: 'int64',
        op: operator === 'Gt' ? '>' : '<',
        than: values[0]!,
      }
    default:
      return falseExpr
  }
}

/** The only field is `metadata.name`, with exactly one value. */
const fieldExpr = (draft: Draft, { key, operator, values }: NodeSelectorRequirement): Expr => {
  if (key !== 'metadata.name' || values.length !== 1) return falseExpr
  const named: Expr = { _tag: 'Named', nodes: nodesNamed(draft, values) }
  if (operator === 'In') return named
  return operator === 'NotIn' ? not(named) : falseExpr
}

/** The nodes with these names; a name that no node has is skipped. */
export const nodesNamed = (draft: Draft, names: readonly string[]): readonly NodeId[] =>
  names.flatMap((name) =>
    pipe(
      findNode(draft, name),
      O.match(
        () => [],
        (node) => [node],
      ),
    ),
  )

/**
 * The node names that the terms pin before any node is checked; `undefined` when some term pins
 * none. A field may list several names here, although as an expression it then matches no node.
 */
export const pinnedNames = (spec: PodSpec): readonly string[] | undefined => {
  const terms = termsOf(spec)
  if (terms === undefined || terms.length === 0) return undefined
  const names = new Set<string>()
  for (const term of terms) {
    const pinned = pinnedByTerm(term)
    if (pinned === undefined) return undefined
    for (const name of pinned) names.add(name)
  }
  return [...names]
}

const pinnedByTerm = ({ matchFields }: NodeSelectorTerm): readonly string[] | undefined =>
  matchFields
    .filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
    .map(({ values }) => values)
    .reduce<readonly string[] | undefined>(
      (both, values) =>
        both === undefined ? values : both.filter((name) => values.includes(name)),
      undefined,
    )
