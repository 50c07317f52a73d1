/**
 * The short forms of CloudFormation's functions in YAML: `!Ref X` is `{ Ref: X }`, `!GetAtt A.B` is
 * `{ Fn::GetAtt: [A, B] }`, and so on.
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

export const shortTags: readonly (ScalarTag | CollectionTag)[] = longNames.flatMap(([tag, key]) => [
  { tag, resolve: (text: string) => called(key, key === 'Fn::GetAtt' ? attributeIn(text) : text) },
  { tag, collection: 'seq' as const, resolve: (value: unknown) => called(key, value) },
  { tag, collection: 'map' as const, resolve: (value: unknown) => called(key, value) },
])

/** Only the first dot parts the resource from its attribute. */
const attributeIn = (text: string): readonly string[] => {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}

const called = (key: string, argument: unknown): unknown => {
  if (!isNode(argument)) return { [key]: argument }
  const map = new YAMLMap()
  map.set(key, argument)
  return map
}
