/**
 * Computes the hash of a StatefulSet's template, which is in the names and labels of
 * ControllerRevisions and pods. It is FNV-1 of 32 bits over the stored template as sorted JSON and
 * the count of collisions, which is 0 here.
 */
import { byCodeUnit } from '@stowage/kernel'
import { isObject } from '@stowage/documents'
import { encodeHash, hashJson } from './hash.js'

/** The hash of a template as the API server stores it, with its defaults. */
export const hashOfStatefulTemplate = (template: object): string => {
  const data = { spec: { template: { $patch: 'replace', ...template } } }
  return encodeHash(hashJson(`${jsonText(data)}0`))
}

/** JSON as Go writes it: keys in order, and the characters of HTML by their code points. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isObject(part) && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => byCodeUnit(a, b)))
      : part,
  ).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
