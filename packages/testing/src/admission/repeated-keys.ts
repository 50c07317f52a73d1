/**
 * Finds keys that occur twice in one object of a valid JSON text, by recursive descent. A JSON
 * parser keeps the last value without a warning, but the API server refuses such a text.
 */

type Path = readonly (string | number)[]

/** The path of every key that was there before in its object; the text must be valid JSON. */
export const repeatedKeys = (text: string): readonly Path[] => {
  const found: Path[] = []
  skipValue(text, 0, [], found)
  return found
}

/** Each of these takes the position of a token, and returns the position after it. */
const skipSpace = (text: string, from: number): number => {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

const skipText = (text: string, from: number): number => {
  let at = from + 1
  while (text[at] !== '"' && at < text.length) at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const skipValue = (text: string, from: number, path: Path, found: Path[]): number => {
  const at = skipSpace(text, from)
  switch (text[at]) {
    case '{':
      return skipObject(text, at, path, found)
    case '[':
      return skipList(text, at, path, found)
    case '"':
      return skipText(text, at)
    default: {
      let end = at
      while (end < text.length && !/[\s,\]}]/.test(text[end]!)) end++
      return end
    }
  }
}

const skipObject = (text: string, from: number, path: Path, found: Path[]): number => {
  const keys = new Set<string>()
  let at = skipSpace(text, from + 1)
  while (at < text.length && text[at] !== '}') {
    const end = skipText(text, at)
    const key = JSON.parse(text.slice(at, end)) as string
    if (keys.has(key)) found.push([...path, key])
    keys.add(key)
    at = skipSpace(text, end) + 1
    at = skipSpace(text, skipValue(text, at, [...path, key], found))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return at + 1
}

const skipList = (text: string, from: number, path: Path, found: Path[]): number => {
  let at = skipSpace(text, from + 1)
  for (let index = 0; at < text.length && text[at] !== ']'; index++) {
    at = skipSpace(text, skipValue(text, at, [...path, index], found))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return at + 1
}
