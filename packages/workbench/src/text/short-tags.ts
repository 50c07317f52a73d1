/**
 * Defines YAML tags for the short forms of CloudFormation's functions: `!Ref X` is parsed as `{
 * Ref: X }`, `!GetAtt A.B` as `{ Fn::GetAtt: [A, B] }`, and so on.
 *
 * Source: AWS CloudFormation Template Reference, intrinsic functions.
 */
import { isNode, YAMLMap, type CollectionTag, type ScalarTag } from 'yaml'

const functions: readonly string[] = [
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
  ],
  ...['Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
]

const longNames: readonly (readonly [tag: string, key: string])[] = [
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
]

/** For the option `customTags` of the library `yaml`. */
export const shortTags: readonly (ScalarTag | CollectionTag)[] = longNames.flatMap(([tag, key]) => [
  {
    tag,
    resolve: (text: string) => functionCall(key, key === 'Fn::GetAtt' ? attributeIn(text) : text),
  },
  { tag, collection: 'seq' as const, resolve: (value: unknown) => functionCall(key, value) },
  { tag, collection: 'map' as const, resolve: (value: unknown) => functionCall(key, value) },
])

/** `[resource, attribute]`, split at the first dot. */
const attributeIn = (text: string): readonly string[] => {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}

const functionCall = (key: string, argument: unknown): unknown => {
  if (!isNode(argument)) return { [key]: argument }
  const map = new YAMLMap()
  map.set(key, argument)
  return map
}
