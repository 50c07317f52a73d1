/**
 * Validates a pod template as the API server does: its metadata and its spec. Also validates the
 * selector of a workload, and whether it matches the labels of the template.
 */
import type { WireSelector, WireTemplate } from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from '../validation/cause.js'
import { wrongAnnotations, wrongLabels } from '../validation/name.js'
import { wrongPodSpec, type Gates } from '../validation/pod.js'
import {
  isEmptySelector,
  isUsableSelector,
  matchesLabels,
  wrongSelector,
} from '../validation/selector.js'

/** Errors in a template, whoever makes pods of it. */
export const wrongTemplate = (
  { metadata = {}, spec = {} }: WireTemplate,
  at: Place,
  gates: Gates,
): readonly Cause[] => [
  ...wrongLabels(metadata.labels, [...at, 'metadata', 'labels'], [...at, 'labels']),
  ...wrongAnnotations(
    metadata.annotations,
    [...at, 'metadata', 'annotations'],
    [...at, 'annotations'],
  ),
  ...wrongPodSpec(spec, [...at, 'spec'], gates),
  ...unless(
    (spec.ephemeralContainers ?? []).length === 0,
    [...at, 'spec', 'ephemeralContainers'],
    spec.ephemeralContainers,
    'nothing: a template has no ephemeral containers',
  ),
]

/** Errors in the template of a controller that keeps its pods running. */
export const wrongLastingTemplate = (
  template: WireTemplate,
  at: Place,
  gates: Gates,
): readonly Cause[] => [
  ...wrongTemplate(template, at, gates),
  ...unlessOneOf(['Always'], template.spec?.restartPolicy, [...at, 'spec', 'restartPolicy']),
  ...unless(
    template.spec?.activeDeadlineSeconds === undefined,
    [...at, 'spec', 'activeDeadlineSeconds'],
    template.spec?.activeDeadlineSeconds,
    'nothing, as its pods do not end',
  ),
]

/** Errors in the selector of a controller, and whether the template can be matched by it. */
export const wrongOwnSelector = (
  selector: WireSelector | undefined,
  at: Place,
): readonly Cause[] => {
  if (selector === undefined)
    return [cause(at, undefined, 'a selector that matches the labels of the template')]
  return [
    ...wrongSelector(selector, at),
    ...unless(
      !isEmptySelector(selector),
      at,
      'an empty selector',
      'a selector that matches the labels of the template alone',
    ),
  ]
}

/** One cause when a selector does not match the labels of its own template. */
export const unlessSelected = (
  selector: WireSelector | undefined,
  { metadata = {} }: WireTemplate,
  at: Place,
): readonly Cause[] => {
  const labels = metadata.labels ?? {}
  const isMatch =
    selector !== undefined && (!isUsableSelector(selector) || matchesLabels(selector, labels))
  const found = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return unless(
    isMatch,
    [...at, 'metadata', 'labels'],
    found.length === 0 ? undefined : found.join(','),
    'labels that the selector matches',
    // A missing selector is an error of its own.
  ).map((one) => ({ ...one, isMinor: selector === undefined }))
}
