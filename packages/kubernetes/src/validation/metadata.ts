/** Checks an object's metadata: its name by the rule of its kind, labels and annotations. */
import { isLabelKey } from '../words/label.js'
import type { WireMetadata } from '../wire/objects.js'
import { cause, unless, type Cause } from './cause.js'
import { unlessDnsLabel, unlessDnsSubdomain, wrongAnnotations, wrongLabels } from './name.js'

const inMetadata = ['metadata']

/** Errors in the metadata of an object of this kind. */
export const wrongMetadata = (
  kind: string,
  { name = '', generateName = '', labels, annotations, finalizers }: WireMetadata,
): readonly Cause[] => [
  ...(name === '' && generateName === '' ? [cause([...inMetadata, 'name'], name, 'a name')] : []),
  ...(name === '' ? [] : wrongObjectName(kind, name)),
  ...wrongLabels(labels, [...inMetadata, 'labels']),
  ...wrongAnnotations(annotations, [...inMetadata, 'annotations']),
  ...(finalizers ?? []).flatMap((finalizer, i) =>
    unless(isLabelKey(finalizer), [...inMetadata, 'finalizers', i], finalizer, 'a qualified name'),
  ),
]

/** The name of a StatefulSet and of a Service is part of host names. */
const wrongObjectName = (kind: string, name: string): readonly Cause[] =>
  kind === 'StatefulSet' || kind === 'Service' || kind === 'Namespace'
    ? unlessDnsLabel(name, [...inMetadata, 'name'])
    : unlessDnsSubdomain(name, [...inMetadata, 'name'])
