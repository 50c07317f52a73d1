/**
 * Implements the `Platform` interface for Kubernetes: its vocabulary (pod, node), and the planner
 * that answers about the documents that `readKubernetes` reads.
 */
import { collectAll, type SourceDocument } from '@stowage/documents'
import {
  allocatable,
  drainNodes,
  kubeletAllocatableFormula,
  refusalCode,
  explainBesideProfiles,
  headroomBesideProfiles,
  provisionBesideProfiles,
  releaseAsMinds,
  releaseBesideProfiles,
  isFargateProfile,
  isKubernetes,
  namesNear,
  nodesOfType,
  planNameOf,
  planPodsOnFargate,
  planWithProfiles,
  readFargateProfiles,
  readKubernetes,
  subjectsOf,
  zonesIn,
  type FargateProfiles,
  type KubernetesExplanation,
  type KubernetesInput,
  type ProfilesPlan,
  replaceObject,
} from '@stowage/kubernetes'
import type { Ec2InstanceType } from '@stowage/fargate'
import { getOrThrow } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { rejectionText, unknownHeadroom, type NodeExplanation, type Note } from './explanation.js'
import { kubernetesObjects } from './kubernetes-objects.js'
import type { PlatformPlan } from './plan.js'
import { priorityTiersIn } from './priority-tiers.js'
import {
  headroomMax,
  type FargateQuotas,
  type MachineOffer,
  type Planner,
  type Platform,
} from './platform.js'

/** Kubernetes: objects as the API server returns them, and Fargate profiles of EKS. */
export const kubernetes: Platform = {
  id: 'kubernetes',
  title: 'Kubernetes',
  replica: ['pod', 'pods'],
  machine: ['node', 'nodes'],
  allocatableFormula: kubeletAllocatableFormula,
  offerOf: (type) =>
    Object.entries(allocatable(type)).flatMap(([resource, quantity]) => {
      if (resource === 'ephemeral-storage') return []
      const [digits = ''] = /^\d+/.exec(quantity) ?? []
      const suffix = quantity.slice(digits.length)
      const unit = suffix === 'Mi' ? 'MiB' : suffix === '' ? 'units' : suffix
      return [{ resource, unit, amount: Number(digits) }]
    }),
  sums: true,
  refusalMark: (removable) => ` (${refusalCode(removable)})`,
  cpu: { per: 128, unit: 'm' },
  scoreAmount: () => undefined,
  recognises: (value) => isFargateProfile(value) || isKubernetes(value),
  objects: kubernetesObjects,
  wrongReplacement: (after, before) => replaceObject(after, before).faults,
  namespaceOf: (name) => name.slice(0, Math.max(0, name.indexOf('/'))),
  zonesIn,
  hasTrunks: false,
  hasOwnOptions: ({ withoutNodes, admissionPlugins }) =>
    withoutNodes.length + admissionPlugins.length > 0,
  read: (documents, options) => {
    const {
      fleet,
      zones,
      fargate,
      withoutNodes,
      rollouts,
      admissionPlugins: plugins,
      typeNamed,
    } = options
    const machines = fleet.flatMap(({ type, count, before, zones: own = zones, group }) =>
      nodesOfType(type, count, own, before, group),
    )
    const isProfile = ({ value }: SourceDocument): boolean => isFargateProfile(value)
    const profiles = readFargateProfiles(documents.filter(isProfile))
    const own = documents.filter((one) => !isProfile(one))
    // Without any document there is no cluster from which a node could be taken away.
    const isNone = own.length === 0 && withoutNodes.length > 0
    const objects = isNone ? [] : [...own, ...machines]
    const readWith = (more: readonly SourceDocument[]) =>
      readKubernetes([...objects, ...more], {
        ...{ withoutNodes, rollouts, plugins },
        typeNamed: (name) => E.getOrElse<unknown, TypeOrNone>(() => undefined)(typeNamed(name)),
      })
    return pipe(
      collectAll([profiles, readWith([])]),
      E.map(
        ([ofFargate, read]): Planner => ({
          ...kubernetesPlanner(read, ofFargate, fargate),
          provision: (offers, minds) =>
            pipe(
              priorityTiersIn(own),
              E.chain((tiers) => {
                const cluster = { documents: own, inputWith: readWith }
                const by = { ...minds, flags: { ...minds.flags, tiers } }
                return provisionBesideProfiles(cluster, ofFargate, offers, by, fargate)
              }),
            ),
          releaseAs: (offers, minds) =>
            releaseAsMinds(
              ...([{ documents: own, inputWith: readWith }, ofFargate, offers, minds] as const),
              fargate,
            ),
          release: (offers, release) => {
            const inputWith = (nodes: readonly NamedOffer[], withProbes: boolean) =>
              readWith([
                ...nodes.flatMap((one) => openedNode(offers[one.offer]!, one)),
                ...(withProbes ? offers.flatMap(probeOf) : []),
              ])
            const fleet = {
              ...{ documents: own, offers: offers.map(nodeOffer) },
              inputWith: (...machines: Parameters<typeof inputWith>) =>
                getOrThrow(inputWith(...machines)),
            }
            // Machines of known types are right by themselves, so that all are read or none.
            return pipe(
              inputWith([], true),
              E.chain(() => releaseBesideProfiles(fleet, ofFargate, release, fargate)),
            )
          },
        }),
      ),
    )
  },
}

/** Names of probes are numbered from here, where no machine of a fleet is. */
const probesBefore = 1_000_000_000

const probeOf = ({ type, zone }: MachineOffer, at: number): readonly SourceDocument[] =>
  nodesOfType(type, 1, [zone], 0, { numbering: probeNumbering(at) })

const probeNumbering = (at: number) => ({ before: probesBefore + at, total: 1 })

/** A machine of an offer, by its position. */
interface NamedOffer {
  readonly offer: number
  readonly name: string
}

/** The name ends with a number, which is that of the machine among those of its type. */
const openedNode = (
  { type, zone }: MachineOffer,
  { name }: NamedOffer,
): readonly SourceDocument[] => {
  const number = Number(name.slice(name.lastIndexOf('-') + 1))
  return nodesOfType(type, 1, [zone], 0, { numbering: { before: number - 1, total: 1 } })
}

const nodeOffer = ({ type, price }: MachineOffer, at: number) => ({
  ...{ probe: `${type.name}-${probesBefore + at + 1}`, prefix: type.name, price },
})

type TypeOrNone = Ec2InstanceType | undefined

const kubernetesPlanner = (
  input: KubernetesInput,
  profiles: FargateProfiles,
  quotas: FargateQuotas,
): Planner => ({
  ignored: input.ignored,
  find: (text) => subjectsOf(input, text).map(({ title }) => title),
  near: (text) => namesNear(input, text),
  planNameOf: (title) => planNameOf(input, title),
  wants:
    input.pending.length + input.running.length + input.ended.length > 0 ||
    input.warnings.some(({ code }) => hidesPods.includes(code)),
  hasMachines: input.nodes.length > 0,
  onMachines: () => planBesideProfiles(input, profiles, quotas),
  state: () => planBesideProfiles({ ...input, pending: [], rollouts: [] }, profiles, quotas),
  headroom: (title) => {
    const found = headroomBesideProfiles(input, profiles, title, headroomMax)
    return found?._tag === 'Unknown' ? unknownHeadroom(title, found.why) : found
  },
  drain: (options) => drainNodes(input, options),
  onFargate: (title) => ({
    ...planPodsOnFargate(input, title),
    ...{ plan: { nodes: [], unplaced: [] }, launched: [], held: [], preemptions: [] },
  }),
  billTerms: () => ({ types: typesOfNodes(input), terms: new Map() }),
  explainOnMachines: (title) => {
    const explanation = explainBesideProfiles(input, profiles, title)
    return O.isNone(explanation) ? explanation : O.some(explanationOrNote(explanation.value))
  },
})

/** The instance type of each node that says it, by the label of today or by the one before it. */
const typesOfNodes = ({ nodes }: KubernetesInput): ReadonlyMap<string, string> =>
  new Map(
    nodes.flatMap(({ metadata: { name, labels } }) => {
      const type = typeLabels.map((label) => labels.get(label)).find((one) => one !== undefined)
      return type === undefined ? [] : [[name, type] as const]
    }),
  )

const typeLabels = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type']

/** The warnings that tell of pods which are not planned. */
const hidesPods: readonly string[] = ['WorkloadKindUnknown', 'KustomizationNotBuilt']

const planBesideProfiles = (
  input: KubernetesInput,
  profiles: FargateProfiles,
  quotas: FargateQuotas,
): PlatformPlan => {
  const { held, pods, ...plan } = planWithProfiles(input, profiles, quotas)
  return {
    ...plan,
    launched: countBySubnet(pods),
    held: held.map(({ name, count, why }) => ({ name, count, reason: rejectionText(why) })),
    onFargate: pods.map(({ name, replica, fargateProfileName, subnet, node, at }) => ({
      ...{ name, replica, fargateProfileName, subnet, node: node.metadata.name, at },
      ...{ labels: node.metadata.labels, taints: node.spec.taints },
      allocatable: node.status.allocatable,
    })),
  }
}

/** A row per workload and subnet. */
const countBySubnet = (pods: ProfilesPlan['pods']): PlatformPlan['launched'] => {
  const rows = new Map<string, PlatformPlan['launched'][number]>()
  for (const { name, subnet } of pods) {
    const key = JSON.stringify([name, subnet])
    rows.set(key, { name, subnet, count: (rows.get(key)?.count ?? 0) + 1 })
  }
  return [...rows.values()]
}

const explanationOrNote = (explanation: KubernetesExplanation): NodeExplanation | Note => {
  const { kind, name } = explanation.subject
  const title = kind === undefined ? name : `${kind.toLowerCase()} ${name}`
  const note = (text: string, placed: boolean): Note => ({
    ...{ _tag: 'Note', name: explanation.name, text, placed },
  })
  switch (explanation._tag) {
    case 'Explained': {
      const { runs, ...rest } = explanation
      if (runs !== undefined) return { ...rest, name, title: `pod ${runs.pod}`, runs: runs.nodes }
      return kind === 'Pod' ? { ...rest, title } : { ...rest, name }
    }
    case 'Held':
      return note(`no scheduler looks at ${title}: ${rejectionText(explanation.why)}`, false)
    case 'Idle':
      return note(`${title} wants no pods`, true)
    case 'Ended':
      return note(`${title} has ended (${explanation.phase}) and takes no room`, true)
  }
}
