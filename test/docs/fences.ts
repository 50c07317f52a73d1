/**
 * Parses the fenced code blocks of a Markdown page, and reports wrong tags, such as a missing tag
 * or `python`. A block may contain a shorter fence, and may be indented by a list or a quote.
 */

export interface Fence {
  readonly tag: string
  /** What stands after the tag, such as `exit=1`. */
  readonly more: string
  /** Of its opening, counted from 1. */
  readonly line: number
  readonly body: string
  readonly closed: boolean
  /** Nothing but blank lines lies between the fence before and this one. */
  readonly adjacent: boolean
}

/** A fence that is run or parsed, with what the page says that it prints and how it ends. */
export interface Block {
  readonly fence: Fence
  readonly output: string | undefined
  readonly exit: number
}

interface Opening {
  readonly prefix: number
  readonly run: string
  readonly info: string
}

const opening = /^([\s>]*(?:(?:[-*+]|\d+[.)])\s+)*)(?:(`{3,})([^`]*)|(~{3,})(.*))$/
const opened = (line: string): Opening | undefined => {
  const found = opening.exec(line)
  if (found === null) return undefined
  const [, prefix, ticks, afterTicks, tildes, afterTildes] = found
  return {
    prefix: prefix!.length,
    run: ticks ?? tildes!,
    info: (afterTicks ?? afterTildes!).trim(),
  }
}

const closes = (line: string, { run }: Opening): boolean => {
  const bare = line.replace(/^[\s>]*/, '').trimEnd()
  return bare.length >= run.length && bare === run[0]!.repeat(bare.length)
}

const unindented = (line: string, { prefix }: Opening): string => {
  let start = 0
  while (start < prefix && /[\s>]/.test(line[start] ?? '.')) start++
  return line.slice(start)
}

/** The fences of a page, in order; the last one may be unclosed. */
export const fencesIn = (text: string): readonly Fence[] => {
  const lines = text.split(/\r?\n/)
  const fences: Fence[] = []
  let adjacent = false
  for (let i = 0; i < lines.length; i++) {
    const open = opened(lines[i]!)
    if (open === undefined) {
      adjacent &&= lines[i]!.trim() === ''
      continue
    }
    const end = lines.findIndex((line, at) => at > i && closes(line, open))
    const body = lines.slice(i + 1, end < 0 ? undefined : end)
    const [tag = '', ...more] = open.info.split(/\s+/)
    fences.push({
      tag,
      more: more.join(' '),
      line: i + 1,
      body: body.map((line) => unindented(line, open)).join('\n'),
      closed: end >= 0,
      adjacent,
    })
    adjacent = true
    i += body.length + 1
  }
  return fences
}

const runnable = ['ts', 'js', 'cjs', 'sh']
const tried = [...runnable, 'json', 'yaml']
const known = [...tried, 'output', 'text']

/** A block that fetches or starts the whole project is read, not run: the tests are run by it. */
export const isSetUp = ({ tag, body }: Fence): boolean =>
  tag === 'sh' && /^\s*(git clone|npm (install|start|test|run))\b/.test(body)

const wrongWith = (fence: Fence, before: Fence | undefined): string | undefined => {
  const { tag, more } = fence
  if (!fence.closed) return 'is not closed'
  if (tag === '') return 'has no tag'
  if (!known.includes(tag)) return `has the tag ${tag}, which is none of ${known.join(', ')}`
  if (tag !== 'output') return more === '' ? undefined : `says ${more}, which ${tag} does not take`
  if (!/^(exit=\d+)?$/.test(more)) return `says ${more}, where output takes exit=N alone`
  if (before === undefined || !fence.adjacent || !runnable.includes(before.tag))
    return 'is an output of nothing: it must follow the block that prints it'
  return isSetUp(before) ? 'is an output of a block that is not run' : undefined
}

/** What is wrong with the fences of a page, one sentence for each that is wrong. */
export const misplaced = (page: string, fences: readonly Fence[]): readonly string[] =>
  fences.flatMap((fence, i) => {
    const wrong = wrongWith(fence, fences[i - 1])
    return wrong === undefined ? [] : [`${page}:${fence.line}: the fence ${wrong}`]
  })

/** What there is to run or to parse on a page, each with the output that follows it. */
export const blocksOf = (fences: readonly Fence[]): readonly Block[] =>
  fences.flatMap((fence, i): readonly Block[] => {
    if (!tried.includes(fence.tag)) return []
    const after = fences[i + 1]
    if (after?.tag !== 'output') return [{ fence, output: undefined, exit: 0 }]
    const exit = Number(after.more.replace('exit=', ''))
    return [{ fence, output: after.body, exit }]
  })
