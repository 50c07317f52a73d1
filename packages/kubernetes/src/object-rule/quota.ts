/**
 * Validates ResourceQuotas as the API server does: the names of resources, the amounts, and whether
 * the scopes suit the resources.
 *
 * Source: Kubernetes documentation, "Resource Quotas".
 */
import { isLabelKey } from '../words/label.js'
import { milliOf } from '../words/quantity.js'
import type { WireQuotaSpec } from '../wire/objects.js'
import { cause, unless, type Cause, type Place } from '../validation/cause.js'
import { isExtendedName, quantityOf } from '../validation/resources.js'

const countedKinds = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]
const computeResources = [
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
]
const storageResources = [
  'ephemeral-storage',
  'requests.ephemeral-storage',
  'limits.ephemeral-storage',
  'requests.storage',
]

const scopes: Readonly<Record<string, readonly string[]>> = {
  BestEffort: ['pods'],
  NotBestEffort: ['pods', ...computeResources],
  Terminating: ['pods', ...computeResources],
  NotTerminating: ['pods', ...computeResources],
  PriorityClass: ['pods', ...computeResources],
  CrossNamespacePodAffinity: ['pods', ...computeResources],
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
}

const opposites = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const

/** Errors in the spec of a ResourceQuota. */
export const wrongQuota = ({ hard = {}, ...spec }: WireQuotaSpec): readonly Cause[] => {
  const at = ['spec', 'scopes']
  const named = spec.scopes ?? []
  const expressions = spec.scopeSelector?.matchExpressions ?? []
  const inSelector: Place = ['spec', 'scopeSelector', 'matchExpressions']
  return [
    ...Object.entries(hard).flatMap(([name, text]) =>
      wrongHardAmount(name, text, ['spec', 'hard', { key: name }]),
    ),
    ...named.flatMap((scope, i) => wrongScope(scope, Object.keys(hard), [...at, i], at)),
    ...conflictCauses(named, at),
    ...expressions.flatMap((one, i) => {
      const where = [...inSelector, i]
      return [
        ...wrongScope(one.scopeName ?? '', Object.keys(hard), where, inSelector),
        ...wrongScopeOperator(one.scopeName ?? '', one.operator ?? '', one.values ?? [], where),
      ]
    }),
    ...conflictCauses(
      expressions.map(({ scopeName = '' }) => scopeName),
      at,
    ),
  ]
}

const isQuotaResource = (name: string): boolean =>
  isLabelKey(name) &&
  (name.includes('/') ||
    [...countedKinds, ...computeResources, ...storageResources].includes(name) ||
    name.startsWith('hugepages-') ||
    name.startsWith('requests.hugepages-'))

const wrongHardAmount = (name: string, text: string, at: Place): readonly Cause[] => [
  ...unless(isQuotaResource(name), at, name, 'a resource that a quota can count'),
  ...unless(quantityOf(text) >= 0n, at, text, 'a quantity of 0 or more'),
  ...unless(
    !(countedKinds.includes(name) || isExtendedName(name)) ||
      milliOf(quantityOf(text)) % 1000 === 0,
    at,
    text,
    'a whole number',
  ),
]

/** Only the standard names are held to a scope; every other resource may have any. */
const wrongScope = (
  scope: string,
  names: readonly string[],
  at: Place,
  field: Place,
): readonly Cause[] => {
  const fitting = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined
  if (fitting === undefined)
    return [cause(at, scope, `one of ${Object.keys(scopes).join(', ')}`, field)]
  const standard = names.filter((name) =>
    [...countedKinds, ...computeResources, ...storageResources].includes(name),
  )
  const foreign = standard.filter((name) => !fitting.includes(name))
  return unless(
    foreign.length === 0,
    at,
    scope,
    `a scope that counts ${foreign.join(', ')}: ${scope} counts ${fitting.join(', ')}`,
    field,
  )
}

const conflictCauses = (named: readonly string[], at: Place): readonly Cause[] =>
  opposites.flatMap(([one, other]) =>
    unless(
      !named.includes(one) || !named.includes(other),
      at,
      `${one}, ${other}`,
      'one of the two, as no pod is both',
    ),
  )

const wrongScopeOperator = (
  scope: string,
  operator: string,
  values: readonly string[],
  at: Place,
): readonly Cause[] => {
  const field = (name: string): Place => ['spec', 'scopeSelector', 'matchExpressions', name]
  const isPlain = scope !== 'PriorityClass' && scope !== 'VolumeAttributesClass'
  const hasValues = operator === 'In' || operator === 'NotIn'
  const isKnown = hasValues || operator === 'Exists' || operator === 'DoesNotExist'
  return [
    ...unless(
      isKnown && (!isPlain || operator === 'Exists'),
      [...at, 'operator'],
      operator,
      isPlain ? 'Exists' : 'one of In, NotIn, Exists, DoesNotExist',
      field('operator'),
    ),
    ...unless(
      !isKnown || hasValues === values.length > 0,
      [...at, 'values'],
      values,
      hasValues ? `values for ${operator}` : `no values for ${operator}`,
      field('values'),
    ),
  ]
}
