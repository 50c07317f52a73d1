/**
 * Warns of objects that a plan does not apply although they affect pods:
 * 1. Webhooks and policies that change pods when pods are created, such as one that adds a sidecar.
 * 2. PodGroups, whose pods a scheduler places together or not at all (gang scheduling).
 *
 * Source: Kubernetes documentation, "Dynamic Admission Control", "Mutating Admission Policy" and
 * "Gang Scheduling".
 */
import { isObject, own, valueAt, type Path, type SourceDocument } from '@stowage/documents'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName, titleOf } from '../workload/workload.js'
import { itemsIn } from './unknown-workloads.js'

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

const textField = (value: unknown, path: Path): string => {
  const text = valueAt(value, path)
  return typeof text === 'string' ? text : ''
}

const listField = (value: unknown, path: Path): readonly unknown[] => {
  const list = valueAt(value, path)
  return Array.isArray(list) ? list : []
}

const isClusterWide = (kind: string): boolean => kind !== 'PodGroup' && kind !== 'Policy'

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
