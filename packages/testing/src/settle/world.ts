/**
 * Holds the mutable simulated cluster in which a history (a list of steps done to a cluster) is
 * played:
 * 1. the pods and the state of their controllers, which the kernel's function `step` advances;
 * 2. the nodes with their kubelets;
 * 3. all other objects that the API server stores.
 *
 * The clock is virtual.
 */
import {
  instant,
  startSteps,
  step,
  type StepEvent,
  type StepFault,
  type StepState,
} from '@stowage/kernel'
import {
  kubernetesController,
  lowerKubernetesNode,
  readObjects,
  workloadRules,
  type KubernetesMemory,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { KubeletRule } from './line.js'
import { surroundingKinds, type AppliedObjects } from './manifests.js'

/** What is read of a claim. */
export interface ClaimSpec {
  readonly storageClassName?: string
  readonly resources?: { readonly requests?: { readonly storage?: string } }
}

/** An event without its instant. */
export type UntimedEvent = StepEvent extends infer Event
  ? Event extends StepEvent
    ? Omit<Event, 'at'>
    : never
  : never

/** A node with its kubelet. */
export interface ClusterNode {
  /** The Node as it is stored, without the taints of its conditions. */
  readonly manifest: NodeManifest
  readonly ready: 'True' | 'False' | 'Unknown'
  /** Since when its kubelet is silent. */
  readonly silentSince?: number
}

/** What is read of a Node. */
export interface NodeManifest {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly NodeTaint[] }
  readonly status?: object
}

/** A taint as it is written. */
export interface NodeTaint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

/** A template, or a pod: what is read of it. */
export interface PodTemplate {
  readonly spec?: {
    readonly priorityClassName?: string
    readonly containers?: readonly { readonly name: string; readonly image: string }[]
  }
}

/** A pod that has ended and is still stored. */
export interface EndedPod {
  readonly name: string
  readonly owner: string | undefined
  readonly revision: string
  readonly index: number | undefined
  readonly phase: string
  readonly node: string
  readonly labels: ReadonlyMap<string, string>
}

type DisruptionBudgets = ReturnType<typeof workloadRules.api.budgets>

/** The world; `happen` alone changes the state. */
export interface HistoryWorld {
  now: number
  state: StepState
  advance: ReturnType<typeof step>
  objects: AppliedObjects
  rules: readonly KubeletRule[]
  /** The pods that rules with a limit hold for, by their replicas. */
  matched: Map<KubeletRule, Set<number>>
  readonly nodes: Map<string, ClusterNode>
  /** Templates by their printed texts, and those of pods by their replicas and names. */
  readonly templates: Map<string | number, PodTemplate>
  /** The replicas whose kubelets have started them. */
  readonly started: Set<number>
  ended: EndedPod[]
  budgets: DisruptionBudgets
  /** The claims with their specs, and whether they have a volume. */
  readonly claims: Map<string, { readonly spec: ClaimSpec; readonly isBound: boolean }>
  /** When the kubelets look at their pods next. */
  lookAt: number | undefined
}

/** The namespace of a history. */
export const namespace = 'case'

/** How long the kubelets take to see a pod, in milliseconds. */
const lookAfter = 20

/** A world without nodes. */
export const openWorld = (): HistoryWorld => {
  const now = 1_767_225_600_000
  return {
    ...{ now, state: startSteps({ now: instant(now) }), advance: advanceOver(new Map()) },
    ...{
      objects: new Map(),
      rules: [],
      matched: new Map(),
      nodes: new Map(),
      templates: new Map(),
    },
    ...{ started: new Set(), claims: new Map() },
    ...{ ended: [], budgets: [], lookAt: undefined },
  }
}

/** The step with the controllers, which look at the objects that stay as they are. */
export const advanceOver = (objects: AppliedObjects): HistoryWorld['advance'] => {
  const around = [...objects.values()]
    .filter(({ kind }) => surroundingKinds.includes(kind))
    .flatMap(({ manifest }) => {
      const metadata = { ...(manifest['metadata'] as object), namespace }
      return readObjects({ from: 'history', value: { ...manifest, metadata } }).objects
    })
  return step([kubernetesController({ objects: around, hasPodCollector: true })], {
    lowerNode: lowerKubernetesNode,
  })
}

/** The memory of the controllers. */
export const memoryIn = ({ state }: Pick<HistoryWorld, 'state'>): KubernetesMemory =>
  (state.memories.get('kubernetes') ?? kubernetesController().start) as KubernetesMemory

/** A pod as the API server shows it. */
export type ShownPod = ReturnType<typeof shownIn>['pods'][number]

/** What the API server shows. */
export const shownIn = ({
  state,
  budgets,
}: HistoryWorld): ReturnType<typeof workloadRules.api.state> =>
  workloadRules.api.state(state, budgets)

/** Lets events happen now, and what follows at the same instant; returns why they cannot. */
export const happen = (
  world: HistoryWorld,
  ...events: readonly UntimedEvent[]
): StepFault | undefined => {
  let next: readonly StepEvent[] = events.map((event) => ({ ...event, at: instant(world.now) }))
  for (let turn = 0; next.length > 0 && turn < turnsMax; turn++) {
    const advanced = world.advance(world.state, next)
    if (E.isLeft(advanced)) return advanced.left
    const { state, effects } = advanced.right
    world.state = state
    const acts = effects.filter(({ _tag }) => _tag !== 'WakeAt')
    next = acts.length === 0 ? [] : [{ at: instant(world.now), _tag: 'ClockAdvanced' }]
  }
  world.lookAt ??= world.now + lookAfter
  return undefined
}

/** More passes at one instant than any history needs. */
const turnsMax = 1000

/** A report to the controllers about an object. */
export const objectReport = (kind: string, name: string, report: unknown): UntimedEvent => ({
  ...{ _tag: 'Reported', controller: 'kubernetes', report },
  about: `${kind} ${name.includes('/') ? name : `${namespace}/${name}`}`,
})

/** The template of a pod is known by the text of the template of which it was made. */
export const templateOf = (
  { templates }: HistoryWorld,
  {
    replica,
    text,
    name,
  }: {
    readonly replica?: number
    readonly text?: string | undefined
    readonly name?: string | undefined
  },
): PodTemplate => {
  const known =
    (replica === undefined ? undefined : templates.get(replica)) ??
    (text === undefined ? undefined : templates.get(text)) ??
    (name === undefined ? undefined : templates.get(name)) ??
    {}
  if (replica !== undefined) templates.set(replica, known)
  return known
}

/** Notes the template of an object that the controllers know now, or the pod that it is. */
export const noteTemplate = (world: HistoryWorld, object: object, name: string): void => {
  const { spec } = object as TemplatedObject
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template
  if (template === undefined) world.templates.set(name, object)
  else {
    const { deployments, replicaSets, slotted, cronJobs } = memoryIn(world)
    for (const objects of [deployments, replicaSets, slotted, cronJobs])
      for (const { template: known } of objects.values())
        if (!world.templates.has(known.text)) world.templates.set(known.text, template)
  }
}

interface TemplatedObject {
  readonly spec?: {
    readonly template?: PodTemplate
    readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } }
  }
}
