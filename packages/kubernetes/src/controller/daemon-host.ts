/**
 * Converts a node of the kernel's cluster to what a DaemonSet reads of a node: name, labels and
 * taints.
 */
import { nodeSpec, wordText, type Attributes, type NodeId, type View } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import type { DaemonHost } from '../daemon-set/admittance.js'

/** The node; `undefined` when it has left. */
export const daemonHost = (view: View, node: NodeId): DaemonHost | undefined => {
  const spec = O.toUndefined(nodeSpec(view, node))
  if (spec === undefined) return undefined
  const textsOf = (attributes: Attributes): ReadonlyMap<string, string> =>
    new Map(attributes.map(([key, value]) => [wordOr(view, key), wordOr(view, value)] as const))
  return {
    name: spec.name,
    labels: textsOf(spec.attributes),
    taints: spec.marks.map((mark) => {
      const texts = textsOf(mark)
      return {
        key: texts.get('/taint/key') ?? '',
        value: texts.get('/taint/value'),
        effect: texts.get('/taint/effect') ?? '',
      }
    }),
  }
}

const wordOr = (view: View, word: Parameters<typeof wordText>[1]): string =>
  O.getOrElse(() => '')(wordText(view, word))
