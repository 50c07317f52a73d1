/**
 * Encodes the page's input in the hash of its address, and decodes it. The hash has a version, then
 * JSON that is compressed with deflate, in base64url. The hash never leaves the browser.
 */
import { inputOf, type PlanInput } from './input.js'

const version = '1.'

/** So many characters of JSON a link holds at most: a small link could fill the memory. */
export const linkTextMax = 50_000_000

/** The hash of an input, with `#`. */
export const hashOf = async (input: PlanInput): Promise<string> => {
  const text = new Blob([JSON.stringify(input)]).stream()
  const bytes = text.pipeThrough(new CompressionStream('deflate-raw'))
  return `#${version}${base64Url(new Uint8Array(await new Response(bytes).arrayBuffer()))}`
}

/** The input of a hash; `undefined` without one, and what is wrong with one that is no input. */
export const inputInHash = async (hash: string): Promise<PlanInput | string | undefined> => {
  const text = hash.replace(/^#/, '')
  if (text === '') return undefined
  if (!text.startsWith(version)) return `found a link of another form, expected #${version}…`
  try {
    const bytes = new Blob([bytesOf(text.slice(version.length))]).stream()
    const json = await textWithin(bytes.pipeThrough(new DecompressionStream('deflate-raw')))
    return inputOf(JSON.parse(json)) ?? 'found a link without an input, expected files and machines'
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `found a link that cannot be read (${why}), expected the whole address as it was copied`
  }
}

const base64Url = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

const textWithin = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > linkTextMax) throw new Error(`more than ${linkTextMax} characters`)
  }
}
