/**
 * Validates the syntax of names as the API server does: names of objects and ports, keys and values
 * of labels, keys of annotations.
 *
 * Source: Kubernetes documentation, "Object Names and IDs" (RFC 1123 and RFC 1035 names), and RFC
 * 6335 (names of ports).
 */
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { Texts } from '../wire/objects.js'
import { unless, type Cause, type Place } from './cause.js'

/** Lower-case letters, digits and `-`, at most 63. */
export const isDnsLabel = (text: string): boolean =>
  text.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text)

/** DNS labels of any length, joined by dots, at most 253 characters. */
export const isDnsSubdomain = (text: string): boolean =>
  text.length <= 253 &&
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(text)

/** A name of a port: at most 15 characters, with a letter, and no two `-` side by side. */
export const isPortName = (text: string): boolean =>
  text.length <= 15 &&
  /^[a-z0-9-]+$/.test(text) &&
  /[a-z]/.test(text) &&
  !text.includes('--') &&
  !/^-|-$/.test(text)

/** A domain, a slash and a path. */
export const isDomainPath = (text: string): boolean => {
  const slash = text.indexOf('/')
  return (
    slash > 0 &&
    isDnsSubdomain(text.slice(0, slash)) &&
    /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text.slice(slash + 1))
  )
}

const dnsLabel = 'lower-case letters, digits and -, at most 63, with a letter or digit at both ends'

/** A text that can be a part of a URL's path: any but `.`, `..` and one with `/` or `%`. */
export const isPathSegment = (text: string): boolean =>
  text !== '.' && text !== '..' && !/[/%]/.test(text)

/** One cause when a text is no DNS label. */
export const unlessDnsLabel = (text: string, at: Place, field: Place = at): readonly Cause[] =>
  unless(isDnsLabel(text), at, text, dnsLabel, field)

/** One cause when a text is no DNS subdomain. */
export const unlessDnsSubdomain = (text: string, at: Place, field: Place = at): readonly Cause[] =>
  unless(
    isDnsSubdomain(text),
    at,
    text,
    'lower-case letters, digits, - and ., at most 253, with a letter or digit at both ends of each part',
    field,
  )

/** Errors in labels; the API server names them by the field that holds them. */
export const wrongLabels = (
  labels: Texts | undefined,
  at: Place,
  field: Place = at,
): readonly Cause[] =>
  Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...unless(isLabelKey(key), [...at, key], key, "a label's key", field),
    ...unless(isLabelValue(value), [...at, key], value, "a label's value", field),
  ])

/** Errors in the keys of annotations. */
export const wrongAnnotations = (
  annotations: Texts | undefined,
  at: Place,
  field: Place = at,
): readonly Cause[] =>
  Object.keys(annotations ?? {}).flatMap((key) =>
    unless(isLabelKey(key.toLowerCase()), [...at, key], key, "an annotation's key", field),
  )
