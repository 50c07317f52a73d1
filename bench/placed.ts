/**
 * Places replicas and returns the names of their nodes, (1) by `place` and (2) by repeated
 * `explain`, so that benches can check that all ways to decide agree.
 */
import {
  batch,
  bind,
  getOrThrow,
  explain,
  nodeSpec,
  place,
  type ClassId,
  type Cluster,
  type NodeId,
  type DecidedBy,
  type View,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'

const nameOf = (view: View, node: NodeId): string => {
  const spec = nodeSpec(view, node)
  return O.isSome(spec) ? spec.value.name : ''
}

/** By `place`, in one request. Throws when it is not done by that path. */
export const placedNames = (
  cluster: Cluster,
  classId: ClassId,
  count: number,
  path: DecidedBy,
): readonly string[] => {
  const [, { answers, decidedBy: taken }] = batch(cluster, (draft) =>
    place(draft, [{ class: classId, count }], { decideBy: path }),
  )
  if (taken !== path) throw new Error(`the way to the answer is ${taken}, not ${path}`)
  return answers.flatMap(({ placed }) => placed.map(({ node }) => nameOf(cluster, node)))
}

/** One at a time, each where `explain` says that it would go. */
export const explainedNames = (
  cluster: Cluster,
  classId: ClassId,
  count: number,
): readonly string[] =>
  batch(cluster, (draft) => {
    const names: string[] = []
    while (names.length < count) {
      const { chosen } = explain(draft, { class: classId })
      if (chosen === undefined) break
      getOrThrow(bind(draft, classId, chosen, 'assumed'))
      names.push(nameOf(draft, chosen))
    }
    return names
  })[1]
