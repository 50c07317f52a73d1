/**
 * Writes and reads the classes (workloads as the scheduler sees them) of an encoded cluster: first
 * which table rows are free or reused (see `rows.ts`), then each class as JSON text. The reader
 * refuses two equal classes, and any text that differs from what the writer would write.
 */
import { checkClass } from '../check/check.js'
import type { Symbols } from '../check/shape.js'
import { classKey, emptyClasses, putClass, type Classes } from '../cluster/classes.js'
import type { ClassSpec } from '../rule/class.js'
import { renderValue } from '../rule/malformed.js'
import { getRows, putRows } from './rows.js'
import { putText, type Sink } from './sink.js'
import { getText, isSound, refuse, type Source } from './source.js'

/**
 * Writes the rows, then the classes in their order. JSON suffices because classes are few, and it
 * adapts when a new kind of rule changes their shape.
 */
export const putClasses = (sink: Sink, classes: Classes): void => {
  putRows(sink, classes)
  for (const classSpec of classes.classes)
    if (classSpec !== undefined) putText(sink, jsonOf(classSpec))
}

/** Reads the classes; each is checked as in `define`. */
export const getClasses = (source: Source, symbols: Symbols): Classes => {
  const classes = emptyClasses()
  const rows = getRows(source, 'classes')
  for (let row = 0; row < rows.count && isSound(source); row++) {
    classes.classes.push(undefined)
    classes.generations.push(rows.generations[row]!)
    source.place = ['classes', row]
    if (rows.seen[row] === 0) getClass(source, symbols, classes, row)
  }
  for (const one of rows.free) classes.free.push(one)
  return classes
}

const getClass = (source: Source, symbols: Symbols, classes: Classes, row: number): void => {
  const text = getText(source)
  const classSpec = parseJson(text)
  const malformed = checkClass(classSpec, symbols)
  if (malformed !== undefined) refuse(source, malformed)
  else if (jsonOf(classSpec) !== text)
    refuse(source, { found: renderValue(text), expected: 'the JSON that is written for the class' })
  else putOnce(source, classes, row, classSpec as ClassSpec)
}

const putOnce = (source: Source, classes: Classes, row: number, classSpec: ClassSpec): void => {
  const key = classKey(classSpec)
  if (classes.ids.has(key))
    refuse(source, { found: renderValue(jsonOf(classSpec)), expected: 'each only once' })
  putClass(classes, row, classSpec, key)
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
 * `-0`, which `JSON.stringify` loses.
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
