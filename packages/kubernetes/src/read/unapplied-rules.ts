/**
 * Warns of objects that a plan does not apply although they decide about pods:
 * 1. Webhooks and policies that change pods when these are made, such as one that adds a sidecar.
 * 2. VerticalPodAutoscalers, which set the requests of pods.
 * 3. PodGroups, whose pods a scheduler places together or not at all (gang scheduling).
 *
 * Source: Kubernetes documentation, "Dynamic Admission Control", "Mutating Admission Policy" and
 * "Gang Scheduling"; Vertical Pod Autoscaler documentation, API reference (UpdateMode).
 */
import { isObject, own, valueAt, type SourceDocument } from '@stowage/documents'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName, titleOf } from '../workload/workload.js'
import { itemsIn, listField, textField } from './items.js'

/** A warning for each such object. */
export const unappliedRules = (
  documents: readonly SourceDocument[],
): readonly KubernetesWarning[] =>
  documents.flatMap(({ from, value }) =>
    itemsIn(value).flatMap((item): readonly KubernetesWarning[] => {
      const [kind, detail] = [valueAt(item, ['kind']), effectOf(item)]
      if (typeof kind !== 'string' || detail === undefined) return []
      const [name, namespace] = [
        textField(item, ['metadata', 'name']),
        textField(item, ['metadata', 'namespace']),
      ]
      return [
        {
          ...{ code: 'RuleNotApplied', from },
          subject: titleOf({
            kind,
            name: isClusterWide(kind)
              ? name
              : fullName({ name, namespace: namespace === '' ? undefined : namespace }),
          }),
          text: 'it is not applied: pods may be stored or placed otherwise',
          detail,
        },
      ]
    }),
  )

const namespaceKinds: readonly string[] = ['PodGroup', 'Policy', 'VerticalPodAutoscaler']

const isClusterWide = (kind: string): boolean => !namespaceKinds.includes(kind)

/** What an autoscaler is for. */
const targetText = (item: unknown): string =>
  ['kind', 'name'].map((name) => textField(item, ['spec', 'targetRef', name])).join(' ')

const changesPods = 'it changes pods when they are made'

/** What the object does to pods, in words; `undefined` when it does nothing. */
const effectOf = (item: unknown): string | undefined => {
  const [group = ''] = textField(item, ['apiVersion']).split('/')
  switch (textField(item, ['kind'])) {
    case 'MutatingWebhookConfiguration': {
      const rules = listField(item, ['webhooks']).flatMap((webhook) =>
        listField(webhook, ['rules']),
      )
      return rules.some(isOfNewPods) ? changesPods : undefined
    }
    case 'MutatingAdmissionPolicy': {
      const rules = listField(item, ['spec', 'matchConstraints', 'resourceRules'])
      return rules.some(isOfNewPods) ? changesPods : undefined
    }
    case 'ClusterPolicy':
    case 'Policy': {
      const mutates = (rule: unknown): boolean =>
        isObject(rule) && own(rule, 'mutate') !== undefined
      const isKyverno = group === 'kyverno.io'
      return isKyverno && listField(item, ['spec', 'rules']).some(mutates) ? changesPods : undefined
    }
    case 'VerticalPodAutoscaler': {
      const mode = textField(item, ['spec', 'updatePolicy', 'updateMode'])
      const isActive = group === 'autoscaling.k8s.io' && mode !== 'Off'
      return isActive ? `it sets the requests of the pods of ${targetText(item)}` : undefined
    }
    case 'PodGroup':
      return group.startsWith('scheduling.')
        ? 'a scheduler may place the pods of a group together or not at all'
        : undefined
    default:
      return undefined
  }
}

/** Whether a rule selects pods of the core group as they are created. */
const isOfNewPods = (rule: unknown): boolean => {
  const has = (field: string, ...values: readonly string[]): boolean =>
    listField(rule, [field]).some((one) => values.includes(String(one)))
  return (
    has('resources', 'pods', '*', '*/*') &&
    has('operations', 'CREATE', '*') &&
    has('apiGroups', '', '*')
  )
}
