/**
 * Tests the type check of CEL expressions: which expressions the API server refuses before it looks
 * at any device. Evaluating an accepted expression never fails with "no such overload".
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressionTypeFault } from './check.js'
import { evaluate } from './evaluate.js'
import { parseExpression } from './parse.js'
import { selectorFault } from './selector.js'
import { noOverload } from './value.js'

const gpu = 'device.attributes["gpu.example.com"]'
const memory = 'device.capacity["gpu.example.com"].memory'

describe('an expression that is accepted', () => {
  it.each([
    // An attribute is of any type.
    `${gpu}.flag`,
    `${gpu}.flag && ${gpu}.index > 2 && ${gpu}.model == "a100"`,
    `${gpu}.index == 1 || ${gpu}.index == "1"`,
    `${gpu}.index + 1 > 2.5`,
    `true ? ${gpu}.flag : false`,
    `${gpu}.?flag.orValue(false)`,
    `[${gpu}.a, ${gpu}.b][0]`,
    `dyn(${gpu}.list).all(x, x > 1)`,
    // Numbers compare across types, and are equal within one.
    '1 < 1.5 && 2 >= 1.0',
    'dyn(1) == 1.0',
    // Empty lists, and nulls beside objects.
    '[] == [1] && [] == ["a"] && size([]) == 0',
    `${memory} != null && optional.none() != null && null == null`,
    '[] + [1] == [1]',
    '[[], [1]].size() == 2',
    'cel.bind(l, [], [l.map(x, optional.of(x)), l.map(x, optional.of(x))] == [])',
    // Optional values.
    'optional.of(1).hasValue() && [?optional.of(1), 2] == [1, 2]',
    '[?optional.none(), 1].size() == 1',
    'optional.of(1).or(optional.none()).value() == 1',
    'optional.ofNonZeroValue("").orValue("x") == "x"',
    `${gpu}[?"flag"].orValue(true)`,
    'optional.of(1).optMap(x, x + 1) == optional.of(2)',
    'optional.of(1).optFlatMap(x, optional.of(string(x))).value() == "1"',
    '{"a": 1} == {} && {"a": [1]}.a == [1] && {1: "x"}[1] == "x"',
    // Two signs are none.
    '!!"a" == "a" && !!!(1 == 2) && --1 == 1',
    // Macros with two variables.
    '[1, 2].all(i, x, i < x)',
    `device.attributes.exists(domain, names, domain.startsWith("gpu") && "flag" in names)`,
    '[1, 2].exists_one(i, x, i == 1) && [1].existsOne(i, x, x == 1)',
    'int(device.driver) == 1 && int("1") == 1 && double("1e3") > 1',
    '[3, 4].transformList(i, x, i * x) == [0, 4]',
    '["a", "b"].transformList(i, x, i > 0, x) == ["b"]',
    // Lists of functions.
    '[1, 2].indexOf(2) == 1',
    '"a,b".split(",").size() == 2',
  ])('%s', (source) => expect(selectorFault(source)).toBeUndefined())
})

describe('an expression that is refused', () => {
  it.each([
    ['1', 'must evaluate to bool or the unknown type, not int'],
    ['"a"', 'must evaluate to bool or the unknown type, not string'],
    ['dyn(true)', 'must evaluate to bool or the unknown type, not dyn'],
    [`${gpu}.a.b`, 'must evaluate to bool or the unknown type, not dyn'],
    [gpu, 'must evaluate to bool or the unknown type, not map(string, any)'],
    [`${gpu}.?flag`, 'must evaluate to bool or the unknown type, not optional(any)'],
    [memory, 'must evaluate to bool or the unknown type, not quantity'],
    ['[true]', 'must evaluate to bool or the unknown type, not list(bool)'],
    ['1 == "1"', "'==' takes no (int, string)"],
    ['1 == 1.0', "'==' takes no (int, double)"],
    ['device.driver == 1', "'==' takes no (string, int)"],
    ['1 == null', "'==' takes no (int, null)"],
    ['[1] == ["a"]', "'==' takes no (list(int), list(string))"],
    ['"a" in [1]', "'in' takes no (string, list(int))"],
    ['1 in device.attributes', "'in' takes no (int, map(string, map(string, any)))"],
    ['"a" + 1 == "a1"', "'+' takes no (string, int)"],
    ['1 + 1.0 == 2.0', "'+' takes no (int, double)"],
    ['1.0 % 2.0 == 0.0', "'%' takes no (double, double)"],
    ['-"a" == "a"', "'- of one' takes no (string)"],
    ['!device.driver', "'!' takes no (string)"],
    ['true && 1', "'&&' takes no (bool, int)"],
    ['1 ? true : false', "'?:' takes no (int, bool, bool)"],
    ['true ? 1 : "a"', "'?:' takes no (bool, int, string)"],
    [`${memory} > quantity("1Gi")`, "'>' takes no (quantity, quantity)"],
    [`${memory} > 1`, "'>' takes no (quantity, int)"],
    [`${memory}.isGreaterThan("1Gi")`, "'isGreaterThan' takes no (quantity, string)"],
    [`${memory}.compareTo(semver("1.0.0")) == 0`, "'compareTo' takes no (quantity, semver)"],
    ['quantity(1) == quantity("1")', "'quantity' takes no (int)"],
    ['"a".isLessThan(quantity("1"))', "'isLessThan' takes no (string, quantity)"],
    ['"a".contains(1)', "'contains' takes no (string, int)"],
    ['size(1) == 1', "'size' takes no (int)"],
    ['"a".size() == "1"', "'==' takes no (int, string)"],
    ['[1, "a"].size() == 2', "expected type 'int' but found 'string' in a list"],
    [`["a", ${gpu}.b].size() == 2`, "expected type 'string' but found 'any' in a list"],
    ['[1, dyn(2)].size() == 2', "expected type 'int' but found 'dyn' in a list"],
    ['{"a": 1, "b": "x"}.size() == 2', "expected type 'int' but found 'string' in a list"],
    ['{"a": 1, 2: 1}.size() == 2', "expected type 'string' but found 'int' in a list"],
    ['{"a": 1}[1] == 1', "'[]' takes no (map(string, int), int)"],
    ['{?"a": 1}.size() == 1', "expected an optional value but found 'int' in a list"],
    ['[?1].size() == 1', "expected an optional value but found 'int' in a list"],
    ['[1][true] == 1', "'[]' takes no (list(int), bool)"],
    ['device["driver"] == "a"', "'[]' takes no (device, string)"],
    ['device.attributes[1].a', "'[]' takes no (map(string, map(string, any)), int)"],
    ['device.driver.name == "a"', "type 'string' does not support field selection"],
    ['[1].all(x, x)', 'all() takes a condition, not int'],
    ['[1].exists(x, y > 1)', "undeclared reference to 'y'"],
    ['device.driver.all(x, true)', "'string' is no list and no map, over which a macro could go"],
    [`${gpu}.list.all(x, x > 1)`, "'any' is no list and no map, over which a macro could go"],
    ['string(null) == ""', 'no such overload'],
    [`${gpu}.map[null] == 1`, 'a null or a list is no key'],
    [`${gpu}.map[?["a"]].hasValue()`, 'a null or a list is no key'],
    // The first use of an item of an empty list decides its type.
    ['1 in [].filter(x, 2.5 > x)', "'in' takes no (int, list(double))"],
    ['[].map(x, x + x) == [1]', "'==' takes no (list(bytes), list(int))"],
    ['[1].map(x, x + "a").size() == 1', "'+' takes no (int, string)"],
    ['[1].filter(x, x > 1)', 'must evaluate to bool or the unknown type, not list(int)'],
    ['[1].existsOne(x, x > 1)', 'existsOne() takes two names'],
    ['int("a") == 1', 'strconv.ParseInt: parsing "a": invalid syntax'],
    ['double("a") > 1.0', 'strconv.ParseFloat: parsing "a": invalid syntax'],
    ['[1].all(i, i, i > 0)', 'all() takes two names that differ'],
    ['["a"].all(i, x, i == x)', "'==' takes no (int, string)"],
    ['optional.of(1).orValue("a") == 1', "'orValue' takes no (optional(int), string)"],
    ['device.driver.orValue("a") == "a"', "'orValue' takes no (string, string)"],
    ['optional.of(1).optMap(x, x + "a").hasValue()', "'+' takes no (int, string)"],
    ['optional.of(1).optFlatMap(x, x).hasValue()', "'?:' takes no (bool, int, optional(dyn))"],
    ['device.driver.optMap(x, x).hasValue()', "'hasValue' takes no (string)"],
    ['optional.of(1).optMap(1, true)', 'optMap() takes a name and an expression'],
    ['cel.bind(x, 1, x == "a")', "'==' takes no (int, string)"],
    ['device.drivers == "a"', "undefined field 'drivers'"],
  ])('%s', (source, expected) => expect(selectorFault(source)).toBe(expected))
})

/** Expressions over literals; null is none of them, as it has the type of every object. */
const { expression: anySource } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression')
  const pair = fc.tuple(inner, inner)
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'expression' },
      fc.constantFrom('1', '0', '2.5', '"a"', '"1"', 'true', 'false', '[]', 'x'),
      fc
        .tuple(inner, fc.constantFrom('==', '<', '+', '-', '%', '&&', '||', 'in'), inner)
        .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
      fc.tuple(inner, inner, inner).map(([one, two, three]) => `(${one} ? ${two} : ${three})`),
      fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join()}]`),
      pair.map(([of, key]) => `(${of})[${key}]`),
      fc
        .tuple(inner, fc.constantFrom('all', 'exists', 'map', 'filter', 'exists_one'), inner)
        .map(([of, macro, body]) => `(${of}).${macro}(x, ${body})`),
      pair.map(([of, body]) => `(${of}).transformList(i, x, ${body})`),
      fc
        .tuple(fc.constantFrom('size', 'optional.of', '!', '-', 'int', 'string'), inner)
        .map(([name, of]) => `${name}(${of})`),
      pair.map(([of, other]) => `(${of}).orValue(${other})`),
      pair.map(([of, other]) => `[?(${of}), ${other}]`),
    ),
  }
})

/** No expression that is accepted ends in an operation that takes no such values. */
const isSound = (faultOf: typeof expressionTypeFault) =>
  fc.property(anySource, (source) => {
    const parsed = parseExpression(`cel.bind(x, 1, ${source} == ${source})`)
    fc.pre(E.isRight(parsed))
    fc.pre(faultOf(parsed.right) === undefined)
    return evaluate(parsed.right, new Map()) !== noOverload
  })

it('is sound: what is accepted has an overload', () => {
  fc.assert(isSound(expressionTypeFault), { numRuns: 2_000 })
})
it('is refuted by a check that takes all', () => {
  expect(isRefuted(isSound(() => undefined))).toBe(true)
})
