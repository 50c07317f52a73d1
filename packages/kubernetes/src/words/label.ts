/**
 * What Kubernetes takes for the key and the value of a label.
 *
 * Source: Kubernetes documentation, "Labels and Selectors" (syntax and character set).
 */

/** Letters, digits, `-`, `_` and `.`, at most 63, with a letter or a digit at both ends. */
const isPlain = (text: string): boolean =>
  text.length <= 63 && /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text)

const isDomain = (text: string): boolean =>
  text.length <= 253 &&
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(text)

/** A name, or a domain, a slash and a name. */
export const isLabelKey = (text: string): boolean => {
  const slash = text.indexOf('/')
  return slash < 0
    ? isPlain(text)
    : isDomain(text.slice(0, slash)) && isPlain(text.slice(slash + 1))
}

export const isLabelValue = (text: string): boolean => text === '' || isPlain(text)
