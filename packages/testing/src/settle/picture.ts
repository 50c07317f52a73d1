/**
 * Converts the settled cluster of a history (a list of steps done to a cluster) to the form of the
 * recorded answers: without times, with random names as `RANDOM`, and equal pods merged with a
 * count.
 */
import { byCodeUnit } from '@stowage/kernel'
import { canonicalJson } from './canonical-json.js'
import { provisionVolumes, volumeStatus, type ShownClaim } from './claims.js'
import type { SettledStep } from './line.js'
import { namespace, shownIn, type EndedPod, type HistoryWorld, type ShownPod } from './world.js'

type ShownWorld = ReturnType<typeof shownIn>
type ShownObject = ShownWorld['objects'][number]

/** The objects, the pods and the nodes that are not simply ready. */
export const pictureOf = (
  world: HistoryWorld,
  refusalOf: (pod: ShownPod) => string | undefined = () => undefined,
): SettledStep => {
  const shown = shownIn(world)
  provisionVolumes(world, shownClaims(shown))
  const nodes = nodePictures(world, shown)
  return {
    objects: mergedObjects(shown.objects.map((one) => objectPicture(world, one))),
    pods: podPictures([
      ...shown.pods.map((pod) => [podPicture(pod, refusalOf(pod)), pod.node, pod.count] as const),
      ...world.ended.map((pod) => [endedPicture(pod), pod.node, 1] as const),
    ]),
    ...(nodes.length === 0 ? {} : { nodes }),
  }
}

const shownClaims = ({ objects }: ShownWorld): readonly ShownClaim[] =>
  objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ name, status }) => {
      const [unused] = status?.['conditions'] as readonly { readonly status: string }[]
      return { name, isUsed: unused!.status === 'False' }
    })

const withTime = (name: string): string => name.replace(/-\d{8}$/, '-TIME')

const objectPicture = (world: HistoryWorld, shownObject: ShownObject): object => {
  const { objects } = world
  const { kind, name, owner, owners, isLeaving, revision, replicas, status = {} } = shownObject
  if (kind === 'PersistentVolumeClaim')
    return {
      ...{ kind, name, ...(owner === undefined ? {} : { owner, owners }) },
      ...(isLeaving === true ? { leaving: true } : {}),
      status: { ...status, ...volumeStatus(world, name) },
    }
  const generation = owner === undefined ? generationOf(objects, kind, name) : undefined
  const observed = generation === undefined ? {} : { observedGeneration: generation }
  const isObserved = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(kind)
  const shown =
    kind === 'PodDisruptionBudget'
      ? { ...withObserved(status, observed), ...observed }
      : { ...status, ...(isObserved ? observed : {}) }
  return {
    ...{ kind, name: withTime(name) },
    ...(owner === undefined ? {} : { owner: withTime(owner) }),
    ...(revision === undefined ? {} : { revision: String(revision) }),
    ...(generation === undefined || kind === 'ControllerRevision' ? {} : { generation }),
    ...(replicas === undefined ? {} : { replicas }),
    ...(Object.keys(shown).length === 0 ? {} : { status: withoutNames(shown) }),
  }
}

/** A ReplicaSet that lost its owner was never written by anything but its controller. */
const generationOf = (
  objects: HistoryWorld['objects'],
  kind: string,
  name: string,
): number | undefined =>
  objects.get(`${kind} ${name}`)?.generation ?? (kind === 'ControllerRevision' ? undefined : 1)

const withObserved = (status: ShownObject['status'] & object, observed: object): object => ({
  ...status,
  conditions: (status['conditions'] as readonly object[]).map((one) => ({ ...one, ...observed })),
})

/** The ends of the names of pods are random. */
const withoutNames = (status: object): object =>
  JSON.parse(
    JSON.stringify(status)
      .replaceAll(
        new RegExp(`${namespace}/([a-z0-9-]+)-0\\d{4,}\\b`, 'g'),
        `${namespace}/$1-RANDOM`,
      )
      .replaceAll(/\\"([a-z0-9-]+)-\\" is forbidden/g, '\\"$1-RANDOM\\" is forbidden'),
  ) as object

const mergedObjects = (objects: readonly object[]): readonly object[] => {
  const byText = new Map<string, { readonly object: object; count: number }>()
  for (const object of objects) {
    const key = canonicalJson(object)
    const known = byText.get(key)
    if (known === undefined) byText.set(key, { object, count: 1 })
    else known.count++
  }
  return [...byText.values()].map(({ object, count }) =>
    count === 1 ? object : { ...object, count },
  )
}

/** A name that a controller gave a pod: the end is random upstream. */
const generatedName = /-0\d{4,}$/

const jobFinalizers = ['batch.kubernetes.io/job-tracking']

const podPicture = (pod: ShownPod, refusal: string | undefined): PodPicture => {
  const conditions = [
    ...pod.conditions
      .filter(({ type }) => type === 'DisruptionTarget')
      .map(
        ({ type, status, reason = '', message = '' }) => `${type} ${status} ${reason}: ${message}`,
      ),
    ...(refusal === undefined ? [] : [`PodScheduled False Unschedulable: ${refusal}`]),
  ]
  const { name, owner, revision, index, phase, isReady, isLeaving, node, replica } = pod
  const isNamed =
    owner === undefined
      ? revision === '' && !generatedName.test(name ?? '')
      : owner.startsWith('StatefulSet ')
  const isDaemon = owner?.startsWith('DaemonSet ') === true
  const isOfJob = owner?.startsWith('Job ') === true
  const shownNode = replica === undefined ? `for ${node ?? ''}` : node
  return {
    ...(owner === undefined ? {} : { owner: withTime(owner) }),
    ...(isNamed && name !== undefined ? { name: name.slice(name.indexOf('/') + 1) } : {}),
    ...(revision === '' ? {} : { revision }),
    ...(index === undefined ? {} : { index: String(index) }),
    phase,
    ...(isReady ? { ready: true } : {}),
    ...(isLeaving ? { leaving: true } : {}),
    ...(isOfJob ? { finalizers: jobFinalizers } : {}),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(isDaemon && shownNode !== undefined ? { node: shownNode } : {}),
  }
}

interface PodPicture {
  readonly phase: string
  readonly name?: string
  readonly node?: string
}

const endedPicture = ({ name, owner, revision, index, phase }: EndedPod): PodPicture => ({
  ...(owner === undefined
    ? generatedName.test(name)
      ? {}
      : { name: name.slice(name.indexOf('/') + 1) }
    : { owner }),
  ...(revision === '' ? {} : { revision }),
  ...(index === undefined ? {} : { index: String(index) }),
  ...{ phase },
})

/** Pods that are alike, with how many are on each node. */
const podPictures = (
  pods: readonly (readonly [PodPicture, string | undefined, number])[],
): readonly object[] => {
  const groups = new Map<
    string,
    { readonly picture: PodPicture; count: number; readonly nodes: Map<string, number> }
  >()
  for (const [picture, node, count] of pods) {
    const key = JSON.stringify(picture)
    const group = groups.get(key) ?? { picture, count: 0, nodes: new Map<string, number>() }
    groups.set(key, group)
    group.count += count
    if (node !== undefined && picture.node === undefined)
      group.nodes.set(node, (group.nodes.get(node) ?? 0) + count)
  }
  return [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, { picture, count, nodes }]) => {
      if (picture.name !== undefined) return picture
      const perNode = [...nodes.values()].sort((a, b) => b - a)
      return { ...picture, count, ...(perNode.length === 0 ? {} : { perNode }) }
    })
}

const nodePictures = ({ nodes }: HistoryWorld, shown: ShownWorld): readonly object[] =>
  shown.nodes.flatMap(({ name, taints: own }) => {
    const { ready, manifest } = nodes.get(name)!
    const isCordoned = manifest.spec?.unschedulable === true
    const taints = [
      ...own,
      ...(isCordoned ? ['node.kubernetes.io/unschedulable:NoSchedule'] : []),
    ].sort()
    if (ready === 'True' && taints.length === 0) return []
    return [
      {
        ...{ name, ready, ...(isCordoned ? { unschedulable: true } : {}) },
        ...(taints.length === 0 ? {} : { taints }),
      },
    ]
  })
