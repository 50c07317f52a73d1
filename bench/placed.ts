/** Where replicas go, by the names of the nodes, so that answers of different ways to place can be compared. */
import {
  batch,
  bind,
  certain,
  explain,
  nodeSpec,
  place,
  type ClassId,
  type Cluster,
  type NodeId,
  type Path,
  type View,
  type Wanted,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'

const nameOf = (view: View, node: NodeId): string => {
  const spec = nodeSpec(view, node)
  return O.isSome(spec) ? spec.value.name : ''
}

/** By `place`, a request for each, so that every node is looked at for every one. */
export const placedNames = (cluster: Cluster, asked: ClassId, count: number): readonly string[] =>
  namesBy(
    cluster,
    Array.from({ length: count }, () => ({ class: asked, count: 1 })),
    'scan',
  )

/** By `place`, in one request, for which nodes that are alike are looked at as one. */
export const indexedNames = (cluster: Cluster, asked: ClassId, count: number): readonly string[] =>
  namesBy(cluster, [{ class: asked, count }], 'index')

const namesBy = (cluster: Cluster, wanted: readonly Wanted[], way: Path): readonly string[] => {
  const [{ answers, path }] = batch(cluster, (draft) => place(draft, wanted))
  if (path !== way) throw new Error(`the way to the answer is ${path}, not ${way}`)
  return answers.flatMap(({ placed }) => placed.map(({ node }) => nameOf(cluster, node)))
}

/** One at a time, each where `explain` says that it would go. */
export const explainedNames = (
  cluster: Cluster,
  asked: ClassId,
  count: number,
): readonly string[] =>
  batch(cluster, (draft) => {
    const names: string[] = []
    while (names.length < count) {
      const { chosen } = explain(draft, { class: asked })
      if (chosen === undefined) break
      certain(bind(draft, asked, chosen, 'assumed'))
      names.push(nameOf(draft, chosen))
    }
    return names
  })[0]
