/**
 * Defines the checks of Pod Security Standards as a type, and words that their messages share. A
 * check reads a pod and returns what it forbids, such as `privileged (container "a" must not set
 * securityContext.privileged=true)`, or `undefined`.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { WireContainer, WirePod } from '../wire/objects.js'
import type { WireSecurityContext } from '../wire/security.js'

/** What the check forbids in the pod, in the words of the API server. */
export type PodCheck = (pod: WirePod) => string | undefined

/** The containers of a pod in the order of messages: init containers come first. */
export const containersIn = ({ spec = {} }: WirePod): readonly WireContainer[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
]

/** The names of the containers for which a test holds. */
export const namesWhere = (
  pod: WirePod,
  test: (container: WireContainer) => boolean,
): readonly string[] =>
  containersIn(pod)
    .filter(test)
    .map(({ name = '' }) => name)

/** The word for one of them, or for several. */
export const countedWord = (count: number, one: string, several = `${one}s`): string =>
  count === 1 ? one : several

/** The texts in quotes, with commas. */
export const quotedTexts = (texts: readonly string[]): string =>
  texts.map((text) => `"${text}"`).join(', ')

/** Each text once, by code units. */
export const sortedSet = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].sort(byCodeUnit)

/** Containers by name, such as `containers "a", "b"`. */
export const containersText = (names: readonly string[]): string =>
  `${countedWord(names.length, 'container')} ${quotedTexts(names)}`

/**
 * Who sets a field of a security context in a way that a test finds: the pod, containers by name,
 * or both.
 */
export const settersWhere = (
  pod: WirePod,
  test: (context: WireSecurityContext) => boolean,
): readonly string[] => {
  const names = namesWhere(
    pod,
    ({ securityContext }) => securityContext !== undefined && test(securityContext),
  )
  const context = pod.spec?.securityContext
  return [
    ...(context !== undefined && test(context) ? ['pod'] : []),
    ...(names.length > 0 ? [containersText(names)] : []),
  ]
}

/** The security contexts of the pod and of its containers. */
export const contextsIn = (pod: WirePod): readonly WireSecurityContext[] =>
  [pod.spec?.securityContext, ...containersIn(pod).map((one) => one.securityContext)].filter(
    (context) => context !== undefined,
  )

/** What is forbidden, with details. */
export const violation = (what: string, details: string): string => `${what} (${details})`

/** Who sets a field, with `and` between them. */
export const settersText = (setters: readonly string[]): string => setters.join(' and ')
