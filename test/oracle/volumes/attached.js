/**
 * Generates scenarios (Kubernetes objects and pods to schedule) about limits on attached volumes: a
 * pod needs one more volume on nodes where other volumes are in use or attached already. The random
 * numbers have fixed seeds, so that the scenarios are the same every time.
 */
import {
  attachment,
  bound,
  csiNode,
  node,
  pod,
  scenario,
  using,
  volume,
} from '../lowering/objects.js'

const driver = 'disk.example.com'
const volumes = ['v0', 'v1', 'v2', 'v3', 'new']
const there = volumes.slice(0, 4)

/** Whole numbers below a bound, drawn by a linear congruential generator. */
const drawing = (seed) => {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}

const attachedScenario = (seed) => {
  const below = drawing(seed)
  const someNode = () => ['a', 'b'][below(2)]
  const attachments = there.flatMap((name) => [
    ...(below(2) === 0 ? [attachment(`at-${name}`, driver, someNode(), name)] : []),
    ...(below(6) === 0 ? [attachment(`also-at-${name}`, driver, someNode(), name)] : []),
  ])
  return scenario(`attached-among-others-${seed}`, [
    ...['a', 'b'].flatMap((name) => [node(name), csiNode(name, [driver, below(4)])]),
    ...volumes.flatMap((name) => [
      bound(name, name),
      volume(name, { csi: { driver, volumeHandle: name } }),
    ]),
    ...attachments,
    ...there.map((name) => pod(name, { priority: below(3), nodeName: someNode(), ...using(name) })),
    pod('new', { priority: 9, ...using('new') }),
  ])
}

export const attachedScenarios = Array.from({ length: 60 }, (_, i) => attachedScenario(i + 1))
