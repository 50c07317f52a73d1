/**
 * Tests the results of CEL expressions on a device, the messages of errors, and which expressions
 * are refused as unsupported. The error of one side of `&&` or `||` does not matter if the other
 * side decides.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuantity } from '../words/quantity.js'
import type { Device, DeviceAttribute } from '../words/resource-slice.js'
import { evaluate } from './evaluate.js'
import type { Expression } from './expression.js'
import { deviceTest } from './selector.js'
import { celError, isCelError, type CelResult } from './value.js'

const attribute = (value: Partial<DeviceAttribute>): DeviceAttribute => ({
  ...{ int: undefined, bool: undefined, string: undefined, version: undefined },
  ...value,
})
const device: Device = {
  name: 'gpu-0',
  attributes: new Map([
    ['model', attribute({ string: 'a100' })],
    ['index', attribute({ int: 3 })],
    ['gpu.example.com/healthy', attribute({ bool: true })],
    ['firmware', attribute({ version: '1.10.0' })],
    ['rack.example.com/root', attribute({ string: 'r0' })],
  ]),
  capacity: new Map([['memory', { value: parseQuantity('40Gi')!, requestPolicy: undefined }]]),
  ...{ nodeName: undefined, nodeSelector: undefined, allNodes: undefined, bindsToNode: undefined },
  ...{ consumesCounters: [], taints: [], bindingConditions: [] },
  allowMultipleAllocations: undefined,
}

/** `true`, `false`, an error's text, or what is refused. */
const resultOf = (source: string): unknown => {
  const test = deviceTest(source)
  if (test._tag === 'Left') return `refused: ${test.left}`
  const result = test.right('gpu.example.com', device)
  return typeof result === 'boolean' ? result : result.text
}
const gpu = 'device.attributes["gpu.example.com"]'
const memory = 'device.capacity["gpu.example.com"].memory'

describe('an expression', () => {
  it.each([
    [`device.driver == 'gpu.example.com'`, true],
    [`${gpu}.model in ["a100", "h100"] && ${gpu}.index > 2`, true],
    [`${gpu}.healthy ? ${gpu}.index == 4 : true`, false],
    [`has(${gpu}.model) && !has(${gpu}.colour)`, true],
    [`${gpu}.?colour.orValue("red") == "red"`, true],
    [`device.attributes["other.example.com"].?x.hasValue()`, false],
    [`device.attributes["rack.example.com"].root == "r0"`, true],
    [`"other.example.com" in device.attributes`, false],
    [`${gpu}.firmware.isGreaterThan(semver("1.9.9")) && ${gpu}.firmware.major() == 1`, true],
    [`${gpu}.firmware.compareTo(semver("1.10.0-rc.1")) == 1`, true],
    [`${memory}.compareTo(quantity("40960Mi")) == 0 && ${memory} == quantity("40Gi")`, true],
    [`${memory}.sub(quantity("1Gi")).isLessThan(quantity("40Gi"))`, true],
    [`cel.bind(g, ${gpu}, g.index * 2 - 1 == 5 && g.model.startsWith("a"))`, true],
    [`["x", "a100"].exists(m, m == ${gpu}.model)`, true],
    [`[1, 2, 3].filter(n, n > 1).map(n, n * n) == [4, 9]`, true],
    [`${gpu}.model.split("1").size() == 2 && ${gpu}.model.substring(1) == "100"`, true],
    [`!device.allowMultipleAllocations // shared`, true],
    [`[1.0, 2.5, 1e5].map(x, string(x)) == ["1", "2.5", "100000"]`, true],
    [`[1e6, 1.5e-5, -1e21].map(x, string(x)) == ["1e+06", "1.5e-05", "-1e+21"]`, true],
    [`[?optional.none(), ?optional.of(2), 3] == [2, 3]`, true],
    [`[5, 6].transformList(i, x, x > 5, i) == [1] && [1, 1].all(i, x, i < 2)`, true],
    [`device.attributes.exists(d, names, d == "rack.example.com" && "root" in names)`, true],
    [`optional.ofNonZeroValue(0).orValue(7) == 7 && optional.of(0).value() == 0`, true],
    [`{"a": 1, "b": 2}.a == 1 && {"a": 1}["a"] == 1 && "b" in {"b": 0}`, true],
    [`{1: "x", 2: "y"}[${gpu}.index - 1] == "y" && {true: 1}[true] == 1`, true],
    [`{"a100": 40, "h100": 80}[${gpu}.model] == 40 && size({}) == 0`, true],
    [`{?"a": optional.none(), "b": 1} == {"b": 1} && {1: 2}[dyn(1.0)] == 2`, true],
    [`{"a": 1, "b": 2}.all(k, v, k != "c" && v > 0) && {"a": 1}.exists(k, k == "a")`, true],
    [`has({"a": 1}.a) && !has({"a": 1}.b) && {"a": 1}.?b.orValue(3) == 3`, true],
    [`${gpu}.?model.optMap(m, m.startsWith("a")).orValue(false)`, true],
    [`${gpu}.?colour.optMap(c, c == "red").hasValue()`, false],
    [`${gpu}.?index.optFlatMap(i, i > 2 ? optional.of(i) : optional.none()).value() == 3`, true],
    [`r"\\d" == "\\\\d" && "\\u0041" == 'A'`, true],
    [`${gpu}.index == 3.0 && ${gpu}.index != "3"`, true],
    [`${gpu}.model.matches("^[ah]100$") && !matches(${gpu}.model, "h")`, true],
    [`7 / 2 == 3 && -7 / 2 == -3 && -7 % 2 == -1`, true],
  ])('%s', (source, expected) => expect(resultOf(source)).toBe(expected))
})

describe('an error', () => {
  it.each([
    [`${gpu}.colour == "red"`, 'no such key: colour'],
    [`${gpu}.index < ${gpu}.model`, 'no such overload'],
    [`1 / (${gpu}.index - 3) == 0`, 'division by zero'],
    [`1 % (${gpu}.index - 3) == 0`, 'modulus by zero'],
    [`[1][${gpu}.index] == 1`, 'index out of bounds: 3'],
    [`9223372036854775807 + 1 > 0`, 'integer overflow'],
    [`${gpu}.index`, 'CEL result of type int could not be converted to bool'],
    [`"a".matches(${gpu}.model + "(")`, 'regular expression "a100(": a ) is missing'],
    [`{"a": 1}[${gpu}.model] == 1`, 'no such key: a100'],
    [`{"a": 1, "a": 2}.size() == 1`, 'Failed with repeated key'],
    [`semver(${gpu}.model).major() == 1`, 'No Major.Minor.Patch elements found'],
  ])('%s', (source, expected) => expect(resultOf(source)).toBe(expected))
})

describe('outside of the subset', () => {
  it.each([
    [
      `${gpu}.model.matches("\\\\b")`,
      'regular expression "\\\\b": the escape \\b is not supported',
    ],
    [`device.model == "a"`, "undefined field 'model'"],
    [`devices.driver == "a"`, "undeclared reference to 'devices'"],
    [`1u == 1`, 'the unsigned number at character 0 is not supported'],
    [`b"a" == "a"`, 'bytes at character 0 are not supported'],
    [`size() == 1`, 'size() with 0 arguments is not supported'],
    [`true &&`, 'the end at character 7 is not expected'],
    [`"a`, 'the string at character 0 is malformed'],
    [`has(device)`, 'has() takes the selection of a field'],
    [`${'('.repeat(300)}true`, 'it nests deeper than 250 levels'],
  ])('%s', (source, expected) => expect(resultOf(source)).toBe(`refused: ${expected}`))
})

/** An operand that is true, false or an error. */
const operand = fc.constantFrom(true, false, 'error' as const)
type Operand = boolean | 'error'
const expressionOf = (value: Operand): Expression =>
  value === 'error' ? { _tag: 'Name', name: 'none' } : { _tag: 'Literal', value }
const decided = (left: Operand, right: Operand, decisive: boolean): Operand =>
  left === decisive || right === decisive
    ? decisive
    : left === 'error' || right === 'error'
      ? 'error'
      : !decisive

type Evaluation = (expression: Expression) => CelResult
const absorbs = (evaluation: Evaluation) =>
  fc.property(operand, operand, fc.constantFrom('And' as const, 'Or' as const), (a, b, _tag) => {
    const result = evaluation({ _tag, left: expressionOf(a), right: expressionOf(b) })
    expect(isCelError(result) ? 'error' : result).toBe(decided(a, b, _tag === 'Or'))
  })

it('absorbs the error of one side when the other decides', () => {
  fc.assert(absorbs((expression) => evaluate(expression, new Map())))
})

it('is refuted when the error of the left side decides', () => {
  const hasty: Evaluation = (expression) => {
    const { left } = expression as Extract<Expression, { _tag: 'And' | 'Or' }>
    return left._tag === 'Name' ? celError('') : evaluate(expression, new Map())
  }
  expect(isRefuted(absorbs(hasty))).toBe(true)
})
