/**
 * Checks whether a text is a label name or a label value, and returns kube-scheduler's error
 * messages when it is not.
 *
 * Source: Kubernetes documentation, "Labels and Selectors" (syntax and character set).
 */
import { isLabelValue } from '../words/label.js'

const namePattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const domainPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'

const isNamePart = (text: string): boolean =>
  /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(text)
const isDomainPart = (text: string): boolean =>
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text)

const nameRule =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${namePattern}')`
const domainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  `with an alphanumeric character (e.g. 'example.com', regex used for validation is '${domainPattern}')`
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  `'(${namePattern})?')`

const longer = (text: string, most: number): readonly string[] =>
  text.length > most ? [`must be no more than ${most} bytes`] : []

/** All errors in a label name, one text each; empty when the name is valid. */
export const wrongLabelName = (text: string): readonly string[] => {
  const [first = '', second, third] = text.split('/')
  if (third !== undefined)
    return [
      `a valid label key ${nameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  return second === undefined
    ? wrongNamePart(first)
    : [...wrongPrefix(first), ...wrongNamePart(second)]
}

const wrongPrefix = (prefix: string): readonly string[] => {
  if (prefix === '') return ['prefix part must be non-empty']
  const rules = [...longer(prefix, 253), ...(isDomainPart(prefix) ? [] : [domainRule])]
  return rules.map((rule) => `prefix part ${rule}`)
}

const wrongNamePart = (text: string): readonly string[] => {
  const size = text === '' ? ['must be non-empty'] : longer(text, 63)
  return [...size, ...(isNamePart(text) ? [] : [nameRule])].map((rule) => `name part ${rule}`)
}

/** All errors in a label value, one text each; empty when the value is valid. */
export const wrongLabelValue = (text: string): readonly string[] =>
  isLabelValue(text)
    ? []
    : [...longer(text, 63), ...(text === '' || isNamePart(text) ? [] : [valueRule])]
