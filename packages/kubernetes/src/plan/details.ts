/**
 * Adds to an explanation why exactly a node is refused:
 * 1. each label of the node selector that the node lacks;
 * 2. each node affinity expression that does not hold, with the node's value;
 * 3. each taint that the pod does not tolerate;
 * 4. each expression of the node affinity of a bound volume that does not hold.
 */
import { getOrThrow, nodeName, nodesWhere, type Draft, type WordedReplay } from '@stowage/kernel'
import { requiredExpr } from '../lower/node-affinity.js'
import { tolerates } from '../lower/toleration.js'
import { reasons, type ReasonText } from '../plugin/reason.js'
import type { Node } from '../words/node.js'
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../words/node-selector.js'
import type { PersistentVolume } from '../words/persistent-volume.js'
import type { PodSpec } from '../words/pod.js'

/** The explanation with details of every refusal that has some. */
export const withDetails = <Replay extends WordedReplay>(
  replay: Replay,
  draft: Draft,
  spec: PodSpec,
  nodes: ReadonlyMap<string, Node>,
  volumes: readonly PersistentVolume[],
): Replay => {
  const affinity = affinityDetails(draft, spec)
  const ofVolumes = volumes.map((volume) => volumeDetails(draft, volume))
  const detailed = (name: string, all: readonly WordedRefusal[]): readonly WordedRefusal[] =>
    all.map((refusal) => {
      const node = nodes.get(name)
      const details = node === undefined ? [] : detailsOf(refusal, node)
      return details.length === 0 ? refusal : { ...refusal, details }
    })
  const detailsOf = ({ reasons: texts }: WordedRefusal, node: Node): readonly string[] => {
    if (texts.includes(affinityReasonText)) return affinity(node)
    if (texts.includes(volumeReasonText)) return ofVolumes.flatMap((details) => details(node))
    return texts.includes(taintReasonText) ? taintDetails(spec, node) : []
  }
  const explained = replay.explanation.nodes.map((node) => {
    const all = detailed(node.name, node.all)
    return { ...node, ...(all[0] === undefined ? {} : { first: all[0] }), all }
  })
  const { remedies } = replay
  const drop = remedies?.drop && {
    ...remedies.drop,
    rules: detailed(remedies.drop.node, remedies.drop.rules),
  }
  const add = remedies?.add && { ...remedies.add, amounts: remedies.add.amounts.map(inBytes) }
  return {
    ...replay,
    explanation: { ...replay.explanation, nodes: explained },
    ...(remedies === undefined
      ? {}
      : {
          remedies: {
            ...remedies,
            ...(drop === undefined ? {} : { drop }),
            ...(add === undefined ? {} : { add }),
          },
        }),
  }
}

/** Resources that are counted in bytes beside memory. */
const inBytes = <Amount extends { readonly resource: string; readonly unit: string }>(
  amount: Amount,
): Amount =>
  /^(?:ephemeral-storage$|hugepages-)/.test(amount.resource) ? { ...amount, unit: 'B' } : amount

type WordedRefusal = WordedReplay['explanation']['nodes'][number]['all'][number]

const reasonText = (text: ReasonText): string =>
  reasons.find(({ reason }) => reason === text)!.reason
const affinityReasonText = reasonText("node(s) didn't match Pod's node affinity/selector")
const taintReasonText = reasonText('node(s) had untolerated taint(s)')
const volumeReasonText = reasonText("node(s) didn't match PersistentVolume's node affinity")

/** For a node, what of the node affinity of a volume does not hold there. */
const volumeDetails = (
  draft: Draft,
  { metadata, spec }: PersistentVolume,
): ((node: Node) => readonly string[]) => {
  const details = termDetails(draft, spec.nodeAffinity?.required?.nodeSelectorTerms)
  return (node) => details(node).map((detail) => `volume ${metadata.name}: ${detail}`)
}

/** For a node, the labels and the expressions that do not hold there. */
const affinityDetails = (draft: Draft, spec: PodSpec): ((node: Node) => readonly string[]) =>
  termDetails(
    draft,
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
    spec.nodeSelector,
  )

const termDetails = (
  draft: Draft,
  terms: readonly NodeSelectorTerm[] | undefined,
  labelsSelected: ReadonlyMap<string, string> = new Map(),
): ((node: Node) => readonly string[]) => {
  const holding = new Map<NodeSelectorRequirement, ReadonlySet<string>>()
  const holds = (
    requirement: NodeSelectorRequirement,
    term: NodeSelectorTerm,
    node: string,
  ): boolean => {
    const known = holding.get(requirement) ?? nodeNames(draft, term)
    holding.set(requirement, known)
    return known.has(node)
  }
  const selected = [...labelsSelected].map(([key, value]) => ({
    ...{ key, operator: 'In', values: [value] },
  }))
  return (node) => {
    const { name, labels } = node.metadata
    const failing = ({ matchExpressions, matchFields }: NodeSelectorTerm): readonly string[] => [
      ...matchExpressions
        .filter((one) => !holds(one, { matchExpressions: [one], matchFields: [] }, name))
        .map((one) => `${expressionText(one)} (${hasText(labels.get(one.key))})`),
      ...matchFields
        .filter((one) => !holds(one, { matchExpressions: [], matchFields: [one] }, name))
        .map((one) => `${expressionText(one)} (it is ${name})`),
    ]
    const lacking = selected
      .filter((one) => !holds(one, { matchExpressions: [one], matchFields: [] }, name))
      .map(({ key, values }) => `${key} is ${labels.get(key) ?? 'missing'}, not ${values[0]}`)
    const ofTerms = (terms ?? []).map(failing)
    const isMet =
      terms === undefined || ofTerms.some((some, i) => some.length === 0 && !isEmptyTerm(terms[i]!))
    return [...lacking, ...(isMet ? [] : termTexts(ofTerms))]
  }
}

/** An empty term matches no node. */
const isEmptyTerm = ({ matchExpressions, matchFields }: NodeSelectorTerm): boolean =>
  matchExpressions.length + matchFields.length === 0

const termTexts = (terms: readonly (readonly string[])[]): readonly string[] => {
  const named = terms.map((failing) => (failing.length === 0 ? ['an empty term'] : failing))
  return named.length < 2
    ? named.flat()
    : named.map((failing, i) => `term ${i + 1} of ${terms.length}: ${failing.join(' and ')}`)
}

const nodeNames = (draft: Draft, term: NodeSelectorTerm): ReadonlySet<string> =>
  new Set(
    getOrThrow(nodesWhere(draft, requiredExpr(draft, [term]))).map((node) => nodeName(draft, node)),
  )

const expressionText = ({ key, operator, values }: NodeSelectorRequirement): string =>
  values.length === 0 ? `${key} ${operator}` : `${key} ${operator} ${values.join(', ')}`

const hasText = (value: string | undefined): string =>
  value === undefined ? 'it has none' : `it is ${value === '' ? 'empty' : value}`

const taintDetails = ({ tolerations }: PodSpec, { spec }: Node): readonly string[] =>
  (spec?.taints ?? [])
    .filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
    .filter((taint) => !tolerates(tolerations, taint))
    .map(({ key, value = '', effect }) => `${key}${value === '' ? '' : `=${value}`}:${effect}`)
