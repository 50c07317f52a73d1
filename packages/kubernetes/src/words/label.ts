/**
 * Checks the syntax of label keys, such as `app.kubernetes.io/name`, and of label values. Also
 * decodes maps from strings to strings, such as labels and annotations.
 *
 * Source: Kubernetes documentation, "Labels and Selectors" (syntax and character set).
 */
import { codecOf, dictionary } from '@stowage/documents'

/** At most 63 letters, digits, `-`, `_` and `.`, with a letter or a digit at both ends. */
const isPlain = (text: string): boolean =>
  text.length <= 63 && /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text)

const isDomain = (text: string): boolean =>
  text.length <= 253 &&
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(text)

/** Whether a text is a name, or a domain, a slash and a name. */
export const isLabelKey = (text: string): boolean => {
  const slash = text.indexOf('/')
  return slash < 0
    ? isPlain(text)
    : isDomain(text.slice(0, slash)) && isPlain(text.slice(slash + 1))
}

/** Whether a text is empty or a name. */
export const isLabelValue = (text: string): boolean => text === '' || isPlain(text)

/** A null is an empty text in a map, as the API server reads it. */
const textOrNull = codecOf('a string', (value) => {
  if (value === null) return ''
  return typeof value === 'string' ? value : undefined
})

/** Texts by key. */
export const texts = dictionary(textOrNull)
