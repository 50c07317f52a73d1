/**
 * Validates the update of a stored object by the rules of its kind. It reports each change of a
 * field that is immutable, or that may only change in one way.
 *
 * Source: Kubernetes API reference ("cannot be updated", "immutable") of each field.
 */
import { isEqualJson } from '../wire/json.js'
import type { Texts, WireJobSpec, WireObject, WirePodSpec, WireTemplate } from '../wire/objects.js'
import { cause, unless, type Cause } from '../validation/cause.js'
import { sameToleration } from './tolerations.js'

/** Errors of an update. */
export const wrongUpdate = (object: WireObject, before: WireObject): readonly Cause[] => [
  ...immutableFieldCauses(object, before, [], fixedOf[object.kind] ?? []),
  ...immutableFieldCauses(object.spec, before.spec, ['spec'], fixedInSpec[object.kind] ?? []),
  ...(object.kind === 'Job' ? wrongJobUpdate(object.spec ?? {}, before.spec ?? {}) : []),
  ...(object.kind === 'Pod' ? wrongPodUpdate(object.spec ?? {}, before.spec ?? {}) : []),
]

const fixedOf: Readonly<Record<string, readonly string[] | undefined>> = {
  PriorityClass: ['value', 'preemptionPolicy'],
  RuntimeClass: ['handler'],
  StorageClass: ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
}

const fixedInSpec: Readonly<Record<string, readonly string[] | undefined>> = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  DaemonSet: ['selector'],
  StatefulSet: ['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy'],
  Job: [
    'selector',
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ],
}

const immutableFieldCauses = (
  value: unknown,
  before: unknown,
  at: readonly string[],
  fields: readonly string[],
): readonly Cause[] =>
  fields.flatMap((field) =>
    unless(
      isEqualJson(fieldIn(value, field), fieldIn(before, field)),
      [...at, field],
      fieldIn(value, field),
      'no change, as the field is immutable',
    ),
  )

const fieldIn = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined

/** Only an Indexed Job may change its completions, together with its parallelism. */
const wrongJobUpdate = (job: WireJobSpec, before: WireJobSpec): readonly Cause[] => [
  ...unless(
    job.completions === before.completions ||
      (job.completionMode === 'Indexed' && job.completions === job.parallelism),
    ['spec', 'completions'],
    job.completions,
    'no change, but for an Indexed Job together with its parallelism',
  ),
  ...wrongTemplateUpdate(job.template ?? {}, before.template ?? {}, before.suspend === true),
]

/** The template of a suspended Job may change in what a scheduler reads, and in resources. */
const wrongTemplateUpdate = (
  template: WireTemplate,
  before: WireTemplate,
  isSuspended: boolean,
): readonly Cause[] => {
  const expected = 'no change, but for scheduling directives of a suspended Job'
  const at = ['spec', 'template']
  if (!isSuspended) return unless(isEqualJson(template, before), at, template, expected)
  return unless(
    isEqualJson(withoutDirectives(template.spec ?? {}), withoutDirectives(before.spec ?? {})),
    [...at, 'spec'],
    template.spec,
    expected,
  )
}

const withoutDirectives = (spec: WirePodSpec): unknown => {
  const { nodeSelector: _, tolerations: __, schedulingGates: ___, affinity, ...rest } = spec
  const { nodeAffinity: ____, ...pods } = affinity ?? {}
  const bare = (list: WirePodSpec['containers']) =>
    (list ?? []).map(({ resources: _____, ...container }) => container)
  return {
    ...rest,
    affinity: pods,
    containers: bare(spec.containers),
    initContainers: bare(spec.initContainers),
  }
}

const wrongPodUpdate = (pod: WirePodSpec, before: WirePodSpec): readonly Cause[] => {
  const isGated = (before.schedulingGates ?? []).length > 0
  const [deadline, deadlineBefore] = [pod.activeDeadlineSeconds, before.activeDeadlineSeconds]
  return [
    ...(pod.schedulingGates ?? []).flatMap(({ name }, i) =>
      unless(
        (before.schedulingGates ?? []).some((gate) => gate.name === name),
        ['spec', 'schedulingGates', i, 'name'],
        name,
        'a gate that was there before, as gates can only be removed',
      ),
    ),
    ...unless(
      (before.tolerations ?? []).every((one) =>
        (pod.tolerations ?? []).some((other) => sameToleration(one, other)),
      ),
      ['spec', 'tolerations'],
      pod.tolerations,
      'all tolerations of before, as they can only be added',
    ),
    ...unless(
      deadlineBefore === undefined || (deadline !== undefined && deadline <= deadlineBefore),
      ['spec', 'activeDeadlineSeconds'],
      deadline,
      `at most ${deadlineBefore ?? 0}, the deadline of before`,
    ),
    ...(isGated ? removedSelectors(pod.nodeSelector ?? {}, before.nodeSelector ?? {}) : []),
    ...unless(
      isEqualJson(fixedPart(pod, isGated), fixedPart(before, isGated)),
      ['spec'],
      'a change',
      'a change of images, activeDeadlineSeconds, tolerations or gates alone',
    ),
  ]
}

const removedSelectors = (selector: Texts, before: Texts): readonly Cause[] =>
  Object.keys(before).flatMap((key) =>
    Object.hasOwn(selector, key) && selector[key] === before[key]
      ? []
      : [
          cause(['spec', 'nodeSelector', key], selector[key], `${before[key]}, as before`, [
            'spec',
            'nodeSelector',
          ]),
        ],
  )

/** What of a pod may never change; while it is gated, nodes may be narrowed down. */
const fixedPart = (spec: WirePodSpec, isGated: boolean): unknown => {
  const {
    schedulingGates: _,
    tolerations: __,
    activeDeadlineSeconds: ___,
    nodeSelector,
    affinity,
    ...rest
  } = spec
  const { nodeAffinity, ...pods } = affinity ?? {}
  const bare = (list: WirePodSpec['containers']) =>
    (list ?? []).map(({ image: ____, ...container }) => container)
  return {
    ...rest,
    ...(isGated ? {} : { nodeSelector, nodeAffinity }),
    affinity: pods,
    containers: bare(spec.containers),
    initContainers: bare(spec.initContainers),
  }
}
