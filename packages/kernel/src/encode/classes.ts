/**
 * The section of classes. Each is JSON text, because classes are few and their shape grows with
 * every kind of rule.
 *
 * One class has exactly one text: the writer below keeps -0, which `JSON.stringify` loses, and the
 * reader refuses every other text. Equal classes in two rows are refused, as `define` never makes
 * them.
 */
import { checkClass } from '../check/check.js'
import type { Symbols } from '../check/shape.js'
import { addClass, emptyClasses, type Classes } from '../cluster/classes.js'
import type { ClassSpec } from '../rule/class.js'
import { shown } from '../rule/malformed.js'
import { putList, putText, type Sink } from './sink.js'
import { getList, getText, refuse, type Source } from './source.js'

/** Writes the classes in the order of their ids. */
export const putClasses = (sink: Sink, { classes }: Classes): void =>
  putList(sink, classes, (classSpec) => putText(sink, jsonOf(classSpec)))

/** Reads the classes; each is checked as in `define`. */
export const getClasses = (source: Source, symbols: Symbols): Classes => {
  const classes = emptyClasses()
  source.place = ['classes']
  getList(source, (row) => {
    source.place = ['classes', row]
    getClass(source, symbols, classes, row)
  })
  return classes
}

const getClass = (source: Source, symbols: Symbols, classes: Classes, row: number): void => {
  const text = getText(source)
  const classSpec = parseJson(text)
  const malformed = checkClass(classSpec, symbols)
  if (malformed !== undefined) refuse(source, malformed)
  else if (jsonOf(classSpec) !== text)
    refuse(source, { found: shown(text), expected: 'the JSON that is written for the class' })
  else if (addClass(classes, classSpec as ClassSpec) !== row)
    refuse(source, { found: shown(text), expected: 'each only once' })
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * JSON without blanks, keys in the order of the object, without fields that are `undefined`; -0 is
 * `-0`.
 */
const jsonOf = (value: unknown): string => {
  if (Object.is(value, -0)) return '-0'
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value as Readonly<Record<string, unknown>>)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${JSON.stringify(key)}:${jsonOf(field)}`)
  return `{${fields.join(',')}}`
}
