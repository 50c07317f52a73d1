/**
 * Validates an object's metadata as the API server does: its name by the rule of its kind, labels
 * and annotations.
 */
import { renderValue } from '@stowage/kernel'
import { wrongPolicyLabels } from '../pod-security/policy.js'
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { Texts, WireMetadata } from '../wire/objects.js'
import { cause, unless, type Cause } from './cause.js'
import {
  isPathSegment,
  unlessDnsLabel,
  unlessDnsSubdomain,
  wrongAnnotations,
  wrongLabels,
} from './name.js'

const inMetadata = ['metadata']

/** Errors in the metadata of an object of this kind. */
export const wrongMetadata = (kind: string, metadata: WireMetadata): readonly Cause[] => {
  const { name = '', generateName = '', labels, annotations, finalizers } = metadata
  const wrongPrefix =
    generateName === '' ? [] : wrongObjectName(kind, prefixOf(generateName), 'generateName')
  // A generated name is as wrong as its prefix.
  const isGenerated = name === '' && wrongPrefix.length > 0
  const wrongName = wrongObjectName(kind, storedName(metadata), 'name')
  return [
    ...wrongPrefix.map((one) => ({ ...one, found: renderValue(generateName) })),
    ...(name === '' && generateName === ''
      ? [cause([...inMetadata, 'name'], name, 'a name')]
      : wrongName.map((one) => ({ ...one, isMinor: isGenerated }))),
    ...wrongLabels(labels, [...inMetadata, 'labels']),
    // Its name is a label of a namespace too; the name is named already.
    ...(kind === 'Namespace' && !isLabelValue(storedName(metadata))
      ? [cause([...inMetadata, 'labels'], name, "a label's value", [...inMetadata, 'labels'], true)]
      : []),
    ...(kind === 'Namespace' ? wrongPolicies(labels ?? {}) : []),
    ...wrongAnnotations(annotations, [...inMetadata, 'annotations']),
    ...(finalizers ?? []).flatMap((finalizer, i) =>
      unless(
        isLabelKey(finalizer),
        [...inMetadata, 'finalizers', i],
        finalizer,
        'a qualified name',
      ),
    ),
  ]
}

/** The labels by which Pod Security Admission is told what to enforce. */
const wrongPolicies = (labels: Texts): readonly Cause[] =>
  wrongPolicyLabels(labels).map(({ label, expected }) =>
    cause([...inMetadata, 'labels', { key: label }], labels[label], expected),
  )

/** The most letters of a prefix to which the API server adds. */
const prefixMax = 58

/**
 * The name with which an object is stored; in a generated one, zeros are in the place of what is
 * drawn at random.
 */
export const storedName = ({ name = '', generateName = '' }: WireMetadata): string =>
  name === '' && generateName !== '' ? `${generateName.slice(0, prefixMax)}00000` : name

/** A prefix may end with a dash, as a name may not. */
const prefixOf = (prefix: string): string => prefix.replace(/-$/, 'a')

/** Kinds whose names are parts of host names. */
const hostKinds: readonly string[] = ['StatefulSet', 'Service', 'Namespace']

/** The API server checks no more of the name of a PodDisruptionBudget than that it fits a path. */
const wrongObjectName = (kind: string, name: string, field: string): readonly Cause[] => {
  const at = [...inMetadata, field]
  if (kind === 'PodDisruptionBudget')
    return unless(isPathSegment(name), at, name, 'a name without / and %, and neither . nor ..')
  return hostKinds.includes(kind) ? unlessDnsLabel(name, at) : unlessDnsSubdomain(name, at)
}
