/**
 * Parses the configuration of the Cluster Autoscaler's priority expander, as the original does:
 * YAML that maps whole-number priorities to lists of regular expressions. A single malformed entry
 * makes the whole configuration invalid.
 */
import { parse } from 'yaml'

/** Expressions by priority; `undefined` when the text is not of that form. */
export const priorityTiers = (
  source: string,
): ReadonlyMap<number, readonly string[]> | undefined => {
  let tiers: unknown
  try {
    tiers = parse(source, { version: '1.1', uniqueKeys: false, mapAsMap: true })
  } catch {
    return undefined
  }
  if (!(tiers instanceof Map)) return undefined
  const read = new Map<number, readonly string[]>()
  for (const [priority, expressions] of tiers as ReadonlyMap<unknown, unknown>) {
    if (!isPriority(priority) || !isTexts(expressions)) return undefined
    read.set(priority, expressions)
  }
  return read
}

const isPriority = (key: unknown): key is number => Number.isSafeInteger(key)

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((expression) => typeof expression === 'string')
