/**
 * Lists the overloads of CEL's operators and functions. An overload states the types of the
 * arguments and of the result. For example, `isGreaterThan` takes two quantities, or two versions,
 * and results in a bool.
 *
 * Source: the Common Expression Language specification, "List of Standard Definitions", and the
 * Kubernetes documentation, "Common Expression Language in Kubernetes".
 */
import {
  listType,
  mapType,
  optionalType,
  type CelType,
  type SimpleType,
  type TypeVariable,
} from './type.js'

/** One way to call: the types of the arguments, that of a method's subject first. */
export interface Overload {
  readonly args: readonly CelType[]
  readonly result: CelType
}

/** The overload with its letters replaced by fresh type variables. */
export type OverloadMaker = (fresh: () => TypeVariable) => Overload

const fixedOverload =
  (args: readonly CelType[], result: CelType): OverloadMaker =>
  () => ({ args, result })

/** One overload for each type, of so many arguments of this type. */
const sameTypeOverloads = (
  types: readonly SimpleType[],
  count: number,
  result?: SimpleType,
): readonly OverloadMaker[] =>
  types.map((type) =>
    fixedOverload(
      Array.from({ length: count }, () => type),
      result ?? type,
    ),
  )

const numbers = ['int', 'uint', 'double'] as const

const equality: readonly OverloadMaker[] = [
  (fresh) => {
    const one = fresh()
    return { args: [one, one], result: 'bool' }
  },
]

/** Numbers of different types are comparable. */
const order: readonly OverloadMaker[] = [
  ...sameTypeOverloads(['bool'], 2, 'bool'),
  ...numbers.flatMap((one) =>
    [one, ...numbers.filter((other) => other !== one).reverse()].map((other) =>
      fixedOverload([one, other], 'bool'),
    ),
  ),
  ...sameTypeOverloads(['string', 'bytes', 'timestamp', 'duration'], 2, 'bool'),
]

const ofList =
  (make: (item: TypeVariable) => Overload): OverloadMaker =>
  (fresh) =>
    make(fresh())

const ofMap =
  (make: (key: TypeVariable, value: TypeVariable) => Overload): OverloadMaker =>
  (fresh) =>
    make(fresh(), fresh())

const text = (count: number, result: CelType, ...more: readonly CelType[]): OverloadMaker =>
  fixedOverload([...Array.from({ length: count }, () => 'string' as const), ...more], result)

const inOptional: readonly OverloadMaker[] = [
  ofList((item) => ({ args: [optionalType(listType(item)), 'int'], result: optionalType(item) })),
  ofMap((key, value) => ({
    args: [optionalType(mapType(key, value)), key],
    result: optionalType(value),
  })),
]

/** What `.indexOf()` and `.lastIndexOf()` take. */
const positions: readonly OverloadMaker[] = [
  text(2, 'int'),
  text(2, 'int', 'int'),
  ofList((item) => ({ args: [listType(item), item], result: 'int' })),
]

const versionPart: readonly OverloadMaker[] = [fixedOverload(['semver'], 'int')]

const comparisons = (result: CelType): readonly OverloadMaker[] => [
  fixedOverload(['quantity', 'quantity'], result),
  fixedOverload(['semver', 'semver'], result),
]

const additions: readonly OverloadMaker[] = [
  fixedOverload(['quantity', 'quantity'], 'quantity'),
  fixedOverload(['quantity', 'int'], 'quantity'),
]

/** What `string()` converts. */
const textTypes = [
  ...(['string', 'bool', 'bytes', 'double'] as const),
  ...(['duration', 'int', 'timestamp', 'uint'] as const),
]

/**
 * The overloads by name; operators by their signs. The first that takes an operand of an open type,
 * such as an item of an empty list, decides what the type is: the order is that of cel-go.
 */
export const overloads: ReadonlyMap<string, readonly OverloadMaker[]> = new Map([
  ['!', sameTypeOverloads(['bool'], 1)],
  ['&&', sameTypeOverloads(['bool'], 2)],
  ['||', sameTypeOverloads(['bool'], 2)],
  ['- of one', sameTypeOverloads(['double', 'int'], 1)],
  ['==', equality],
  ['!=', equality],
  ...['<', '<=', '>', '>='].map((sign) => [sign, order] as const),
  [
    'in',
    [
      ofList((item) => ({ args: [item, listType(item)], result: 'bool' })),
      ofMap((key, value) => ({ args: [key, mapType(key, value)], result: 'bool' })),
    ],
  ],
  [
    '+',
    [
      ...sameTypeOverloads(['bytes', 'double', 'duration'], 2),
      fixedOverload(['duration', 'timestamp'], 'timestamp'),
      fixedOverload(['timestamp', 'duration'], 'timestamp'),
      ...sameTypeOverloads(['int'], 2),
      ofList((item) => ({ args: [listType(item), listType(item)], result: listType(item) })),
      ...sameTypeOverloads(['string', 'uint'], 2),
    ],
  ],
  [
    '-',
    [
      ...sameTypeOverloads(['double', 'duration', 'int'], 2),
      fixedOverload(['timestamp', 'duration'], 'timestamp'),
      fixedOverload(['timestamp', 'timestamp'], 'duration'),
      ...sameTypeOverloads(['uint'], 2),
    ],
  ],
  ['*', sameTypeOverloads(['double', 'int', 'uint'], 2)],
  ['/', sameTypeOverloads(['double', 'int', 'uint'], 2)],
  ['%', sameTypeOverloads(['int', 'uint'], 2)],
  ['?:', [ofList((one) => ({ args: ['bool', one, one], result: one }))]],
  [
    '[]',
    [
      ofList((item) => ({ args: [listType(item), 'int'], result: item })),
      ofMap((key, value) => ({ args: [mapType(key, value), key], result: value })),
      ...inOptional,
    ],
  ],
  [
    '[?]',
    [
      ofList((item) => ({ args: [listType(item), 'int'], result: optionalType(item) })),
      ofMap((key, value) => ({ args: [mapType(key, value), key], result: optionalType(value) })),
      ...inOptional,
    ],
  ],
  [
    'size',
    [
      ...sameTypeOverloads(['bytes'], 1, 'int'),
      ofList((item) => ({ args: [listType(item)], result: 'int' })),
      ofMap((key, value) => ({ args: [mapType(key, value)], result: 'int' })),
      ...sameTypeOverloads(['string'], 1, 'int'),
    ],
  ],
  [
    'int',
    sameTypeOverloads(['int', 'double', 'duration', 'string', 'timestamp', 'uint'], 1, 'int'),
  ],
  ['double', sameTypeOverloads(['double', 'int', 'string', 'uint'], 1, 'double')],
  ['string', sameTypeOverloads(textTypes, 1, 'string')],
  ['dyn', [ofList((one) => ({ args: [one], result: 'dyn' }))]],
  ['quantity', [text(1, 'quantity')]],
  ['isQuantity', [text(1, 'bool')]],
  ['semver', [text(1, 'semver')]],
  ['isSemver', [text(1, 'bool')]],
  ['sign', [fixedOverload(['quantity'], 'int')]],
  ...['matches', 'contains', 'startsWith', 'endsWith'].map(
    (name) => [name, [text(2, 'bool')]] as const,
  ),
  ...['lowerAscii', 'upperAscii', 'trim'].map((name) => [name, [text(1, 'string')]] as const),
  ['charAt', [text(1, 'string', 'int')]],
  ['indexOf', positions],
  ['lastIndexOf', positions],
  ['substring', [text(1, 'string', 'int'), text(1, 'string', 'int', 'int')]],
  ['replace', [text(3, 'string'), text(3, 'string', 'int')]],
  ['split', [text(2, listType('string')), text(2, listType('string'), 'int')]],
  [
    'join',
    [
      fixedOverload([listType('string')], 'string'),
      fixedOverload([listType('string'), 'string'], 'string'),
    ],
  ],
  ['compareTo', comparisons('int')],
  ['isGreaterThan', comparisons('bool')],
  ['isLessThan', comparisons('bool')],
  ['isInteger', [fixedOverload(['quantity'], 'bool')]],
  ['asInteger', [fixedOverload(['quantity'], 'int')]],
  ['asApproximateFloat', [fixedOverload(['quantity'], 'double')]],
  ['add', additions],
  ['sub', additions],
  ...['major', 'minor', 'patch'].map((name) => [name, versionPart] as const),
  ['hasValue', [ofList((of) => ({ args: [optionalType(of)], result: 'bool' }))]],
  ['value', [ofList((of) => ({ args: [optionalType(of)], result: of }))]],
  ['orValue', [ofList((of) => ({ args: [optionalType(of), of], result: of }))]],
  [
    'or',
    [
      ofList((of) => ({
        args: [optionalType(of), optionalType(of)],
        result: optionalType(of),
      })),
    ],
  ],
  ['optional.of', [ofList((of) => ({ args: [of], result: optionalType(of) }))]],
  ['optional.ofNonZeroValue', [ofList((of) => ({ args: [of], result: optionalType(of) }))]],
  ['optional.none', [ofList((of) => ({ args: [], result: optionalType(of) }))]],
])
