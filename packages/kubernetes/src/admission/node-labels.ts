/**
 * Implements three admission plugins about nodes:
 * 1. PodTopologyLabels copies the zone and region labels of a pod's node to the pod.
 * 2. TaintNodesByCondition adds the taint `node.kubernetes.io/not-ready` to a new node.
 * 3. PodNodeSelector (off by default) adds the node selector of the namespace to a pod.
 *
 * Source: Kubernetes documentation, "Admission Controllers" and "Pod Topology Labels".
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Texts, WireObject } from '../wire/objects.js'
import { namespaceIn } from './cluster.js'
import { withSpec, type PodPlugin } from './plugin.js'

const copiedLabels = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region']

/** The labels that a pod gets from the labels of its node, in the place of its own. */
export const topologyLabels = (ofNode: Texts): Texts =>
  Object.fromEntries(
    copiedLabels.flatMap((key) => (Object.hasOwn(ofNode, key) ? [[key, ofNode[key]!]] : [])),
  )

/** Copies the labels of the node that the pod names; a missing node changes nothing. */
export const withTopologyLabels: PodPlugin = (pod, { nodes }) => {
  const { nodeName = '' } = pod.spec ?? {}
  const labels = topologyLabels(nodes.get(nodeName) ?? {})
  if (nodeName === '' || Object.keys(labels).length === 0) return E.right(pod)
  return E.right({
    ...pod,
    metadata: { ...pod.metadata, labels: { ...pod.metadata?.labels, ...labels } },
  })
}

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }

/** A node that joins is not ready until its kubelet says so. */
export const withNotReadyTaint = (node: WireObject): WireObject => {
  const { taints = [], ...spec } = (node.spec ?? {}) as { readonly taints?: readonly WireTaint[] }
  const isTainted = taints.some(
    ({ key, effect }) => key === notReady.key && effect === notReady.effect,
  )
  return { ...node, spec: { ...spec, taints: isTainted ? taints : [...taints, notReady] } }
}

interface WireTaint {
  readonly key?: string
  readonly effect?: string
}

const selectorAnnotation = 'scheduler.alpha.kubernetes.io/node-selector'

/** Adds the node selector that an annotation of the namespace holds. */
export const withNamespaceSelector: PodPlugin = (pod, { namespaces }) => {
  const text = namespaces.get(namespaceIn(pod))?.annotations[selectorAnnotation] ?? ''
  const selector = selectorIn(text)
  if (selector === undefined)
    return E.left(`selectorAnnotation ${selectorAnnotation} is no node selector: ${text}`)
  const own = pod.spec?.nodeSelector ?? {}
  const isConflict = Object.keys(selector).some(
    (key) => Object.hasOwn(own, key) && own[key] !== selector[key],
  )
  if (isConflict)
    return E.left('pod node label selector conflicts with its namespace node label selector')
  return E.right(withSpec(pod, (spec) => ({ ...spec, nodeSelector: { ...selector, ...own } })))
}

/** Reads `key=value,key=value`. */
const selectorIn = (text: string): Texts | undefined => {
  const pairs = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => part.split('=').map((side) => side.trim()))
  return pairs.every((sides) => sides.length === 2 && sides[0] !== '')
    ? Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value]))
    : undefined
}
