/**
 * Tests the parser of code blocks in Markdown: blocks are found by the rules of Markdown, and every
 * fault by which a block would not be run, such as a missing tag, is reported.
 */
import { describe, expect, it } from 'vitest'
import { blocksOf, fencesIn, misplaced } from './fences.js'

const page = (...lines: readonly string[]): string => lines.join('\n')
const wrong = (...lines: readonly string[]): readonly string[] =>
  misplaced('a.md', fencesIn(page(...lines)))

describe('a fence', () => {
  it('has a tag, a line and a body', () => {
    expect(fencesIn(page('# Title', '', '```ts', 'one', '', 'two', '```', 'end'))).toEqual([
      { tag: 'ts', more: '', line: 3, body: 'one\n\ntwo', closed: true, adjacent: false },
    ])
  })

  it('closes with a run that is at least as long, so a longer one shows a shorter one', () => {
    const fences = fencesIn(page('````text', '```', 'inner', '```', '````', '~~~sh', '```', '~~~~'))
    expect(fences.map(({ tag, body }) => [tag, body])).toEqual([
      ['text', '```\ninner\n```'],
      ['sh', '```'],
    ])
  })

  it('may stand in a list or a quote, and keeps the indentation of its own', () => {
    const fences = fencesIn(
      page('- item', '  ```yaml', '  a:', '    b: 1', '  ```', '> ```sh', '> ls', '> ```'),
    )
    expect(fences.map(({ body }) => body)).toEqual(['a:\n  b: 1', 'ls'])
  })

  it('is not what stands inside a line', () => {
    expect(fencesIn(page('```not a fence```', 'and ``` neither'))).toEqual([])
  })
})

describe('the tags of a page', () => {
  it('are in order here', () => {
    expect(
      wrong('```sh', 'stowage', '```', '', '```output exit=1', 'no', '```', '```text', '->', '```'),
    ).toEqual([])
  })

  it.each([
    ['no tag', ['```', 'code', '```'], 'a.md:1: the fence has no tag'],
    [
      'no tag inside a list',
      ['1. do', '   ```', '   ls', '   ```'],
      'a.md:2: the fence has no tag',
    ],
    ['an unknown tag', ['```python', '```'], 'has the tag python'],
    ['no end', ['```sh', 'ls'], 'is not closed'],
    ['an output first', ['```output', 'x', '```'], 'an output of nothing'],
    [
      'an output after prose',
      ['```sh', 'ls', '```', 'so', '```output', 'x', '```'],
      'an output of nothing',
    ],
    [
      'an output of data',
      ['```json', '{}', '```', '```output', 'x', '```'],
      'an output of nothing',
    ],
    [
      'two outputs',
      ['```sh', '```', '```output', '```', '```output', '```'],
      'an output of nothing',
    ],
    [
      'an output of what is not run',
      ['```sh', 'npm test', '```', '```output', '```'],
      'that is not run',
    ],
    ['a way out', ['```ts no-run', '```'], 'says no-run'],
    ['a wrong exit', ['```sh', '```', '```output exit', '```'], 'exit=N alone'],
  ])('are refuted by %s', (_, lines, fault) => {
    expect(wrong(...lines)).toEqual([expect.stringContaining(fault)])
  })
})

describe('the blocks of a page', () => {
  it('carry the output that follows and how it ends', () => {
    const text = page('```sh', 'a', '```', '```output exit=3', 'b', '```', '```json', '1', '```')
    const blocks = blocksOf(fencesIn(text))
    expect(blocks.map(({ fence, output, exit }) => [fence.tag, output, exit])).toEqual([
      ['sh', 'b', 3],
      ['json', undefined, 0],
    ])
  })

  it('are neither diagrams nor what has no tag', () => {
    expect(blocksOf(fencesIn(page('```text', '->', '```', '', '```', 'ls', '```')))).toEqual([])
  })
})
