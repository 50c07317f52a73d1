/** Kubernetes, as the command line sees it. */
import {
  allocatableFormula,
  codeOf,
  explainBesideProfiles,
  isFargateProfile,
  isKubernetes,
  namesNear,
  nodesOfType,
  planNameOf,
  planOnFargate,
  planWithProfiles,
  readFargateProfiles,
  readKubernetes,
  subjectsOf,
  type FargateProfiles,
  type HeldExplanation,
  type KubernetesExplanation,
  type KubernetesInput,
  type ProfilesPlan,
} from '@stowage/kubernetes'
import type { Document } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Explained, Note, Options, Planned, Planner, Vocabulary } from './vocabulary.js'

const plannerOf =
  (input: KubernetesInput, fargate: Options['fargate']) =>
  (profiles: FargateProfiles): Planner => ({
    ignored: input.ignored,
    find: (text) => subjectsOf(input, text).map(({ title }) => title),
    near: (text) => namesNear(input, text),
    planNameOf: (title) => planNameOf(input, title),
    wants: input.wanting.length + input.running.length + input.ended.length > 0,
    hasMachines: input.nodes.length > 0,
    onMachines: () => onNodes(input, profiles, fargate),
    onFargate: () => ({
      ...planOnFargate(input),
      ...{ plan: { nodes: [], unplaced: [] }, launched: [], held: [], preemptions: [] },
    }),
    explainOnMachines: (title) =>
      pipe(explainBesideProfiles(input, profiles, title), O.map(explained)),
  })

const onNodes = (
  input: KubernetesInput,
  profiles: FargateProfiles,
  fargate: Options['fargate'],
): Planned => {
  const { held, pods, ...planned } = planWithProfiles(input, profiles, fargate)
  return {
    ...planned,
    launched: launchedOf(pods),
    held: held.map(({ name, count, why }) => ({ name, count, reason: whyText(why) })),
    onFargate: pods.map(({ name, replica, fargateProfileName, subnet, node, at }) => ({
      ...{ name, replica, fargateProfileName, subnet, node: node.metadata.name, at },
      ...{ labels: node.metadata.labels, taints: node.spec.taints },
      allocatable: node.status.allocatable,
    })),
  }
}

/** Pods of one workload in one subnet together. */
const launchedOf = (pods: ProfilesPlan['pods']): Planned['launched'] => {
  const launched = new Map<string, Planned['launched'][number]>()
  for (const { name, subnet } of pods) {
    const key = JSON.stringify([name, subnet])
    launched.set(key, { name, subnet, count: (launched.get(key)?.count ?? 0) + 1 })
  }
  return [...launched.values()]
}

const whyText = ({ plugin, reasons }: HeldExplanation['why']): string =>
  [plugin, reasons.join(', ')].filter((text) => text !== '').join(': ')

const explained = (one: KubernetesExplanation): Explained | Note => {
  const { kind, name } = one.subject
  const title = kind === undefined ? name : `${kind.toLowerCase()} ${name}`
  switch (one._tag) {
    case 'Explained':
      return kind === 'Pod' ? { ...one, title } : { ...one, name }
    case 'Held':
      return note(one.name, `no scheduler looks at ${title}: ${whyText(one.why)}`, false)
    case 'Ended':
      return note(one.name, `${title} has ended (${one.phase}) and takes no room`, true)
  }
}

const note = (name: string, text: string, placed: boolean): Note => ({
  ...{ _tag: 'Note', name, text, placed },
})

export const kubernetes: Vocabulary = {
  id: 'kubernetes',
  title: 'Kubernetes',
  replica: ['pod', 'pods'],
  machine: ['node', 'nodes'],
  allocatableFormula,
  sums: true,
  refusalMark: (removable) => ` (${codeOf(removable)})`,
  cpu: { per: 128, unit: 'm' },
  recognises: (value) => isFargateProfile(value) || isKubernetes(value),
  read: (documents, { fleet, zones, fargate }) => {
    const machines = fleet.flatMap(({ machine, count, before }) =>
      nodesOfType(machine, count, zones, before),
    )
    const isProfile = ({ value }: Document): boolean => isFargateProfile(value)
    const profiles = readFargateProfiles(documents.filter(isProfile))
    const input = readKubernetes([...documents.filter((one) => !isProfile(one)), ...machines])
    const bad = [profiles, input].flatMap((read) => (E.isLeft(read) ? read.left : []))
    return bad.length > 0
      ? E.left(bad)
      : E.ap(profiles)(E.map((one: KubernetesInput) => plannerOf(one, fargate))(input))
  },
}
