/**
 * Applies the steps of a recorded history that concern nodes (a node is added, changed, cordoned,
 * falls silent, is deleted) to the simulated cluster in which the history is played. A node whose
 * kubelet has been silent for 8 seconds is marked as unknown, as the node controller of Kubernetes
 * does.
 */
import {
  happen,
  type ClusterNode,
  type UntimedEvent,
  type HistoryWorld,
  type NodeManifest,
} from './world.js'

/** How long a node may be silent before its readiness is unknown, in milliseconds. */
export const nodeGrace = 8_000

/** Lets a node join, or changes what a manifest says of one that is there. */
export const applyNode = (world: HistoryWorld, manifest: NodeManifest): void => {
  const { name } = manifest.metadata
  const before = world.nodes.get(name)
  if (before !== undefined) {
    putNode(world, { ...before, manifest: mergedNode(before.manifest, manifest) })
    return
  }
  const labels = { 'kubernetes.io/hostname': name, ...manifest.metadata.labels }
  const node = { ...manifest, metadata: { ...manifest.metadata, labels } }
  world.nodes.set(name, { manifest: node, ready: 'True' })
  happen(world, { _tag: 'NodeJoined', name, node: nodeDocument(world.nodes.get(name)!) })
}

/** A later manifest of a node says only what it changes. */
const mergedNode = (
  before: NodeManifest,
  { metadata, spec, status }: NodeManifest,
): NodeManifest => ({
  metadata: { ...before.metadata, labels: { ...before.metadata.labels, ...metadata.labels } },
  spec: { ...before.spec, ...spec },
  status: { ...before.status, ...status },
})

const putNode = (world: HistoryWorld, node: ClusterNode): void => {
  happen(world, changedNode(world, node))
}

/** Stores a node; returns the event that tells it. */
const changedNode = (world: HistoryWorld, node: ClusterNode): UntimedEvent => {
  const { name } = node.manifest.metadata
  world.nodes.set(name, node)
  return { _tag: 'NodeChanged', name, node: nodeDocument(node) }
}

/** A Node as the API server shows it. */
export const nodeDocument = ({ manifest, ready }: ClusterNode): object => ({
  ...{ apiVersion: 'v1', kind: 'Node', ...manifest },
  status: { ...manifest.status, conditions: [{ type: 'Ready', status: ready }] },
})

/**
 * Brings nodes into states, all at one instant, as the node controller looks at all nodes together;
 * one that is not there stays away.
 */
export const turnNodes = (world: HistoryWorld, turns: Readonly<Record<string, string>>): void => {
  const events = Object.keys(turns)
    .sort()
    .flatMap((name) => turnNode(world, name, turns[name]!))
  if (events.length > 0) happen(world, ...events)
}

const turnNode = (world: HistoryWorld, name: string, to: string): readonly UntimedEvent[] => {
  const node = world.nodes.get(name)
  if (node === undefined) return []
  const { manifest } = node
  switch (to) {
    case 'Silent':
      world.nodes.set(name, { ...node, silentSince: world.now })
      return []
    case 'Cordoned':
    case 'Uncordoned': {
      const spec = { ...manifest.spec, unschedulable: to === 'Cordoned' }
      return [changedNode(world, { ...node, manifest: { ...manifest, spec } })]
    }
    default:
      return [changedNode(world, { manifest, ready: to === 'Ready' ? 'True' : 'False' })]
  }
}

/** When the next silent node becomes unknown. */
export const nextLoss = (world: HistoryWorld): number =>
  [...world.nodes.values()].reduce(
    (first, { silentSince, ready }) =>
      silentSince === undefined || ready === 'Unknown'
        ? first
        : Math.min(first, silentSince + nodeGrace),
    Infinity,
  )

/** Marks the nodes that have been silent for too long. */
export const loseNodes = (world: HistoryWorld): void => {
  const events = [...world.nodes.values()].flatMap((node) =>
    node.silentSince !== undefined &&
    node.ready !== 'Unknown' &&
    node.silentSince + nodeGrace <= world.now
      ? [changedNode(world, { ...node, ready: 'Unknown' })]
      : [],
  )
  if (events.length > 0) happen(world, ...events)
}

/** Deletes a node. */
export const deleteNode = (world: HistoryWorld, name: string): boolean => {
  if (!world.nodes.delete(name)) return false
  happen(world, { _tag: 'NodeLeft', name })
  return true
}
