/** Tests that notes are grouped, and do not depend on the order of the documents. */
import type { IgnoredDocument, Warning } from '@stowage/documents'
import { unknownKind } from '@stowage/ecs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { ignoredLine, warningLines } from './notes.js'

const warning = (subject: string, text: string, detail?: string): Warning => ({
  ...{ code: 'A', from: 'a', subject, text },
  ...(detail === undefined ? {} : { detail }),
})
const ignored = (from: string, kind: string): IgnoredDocument => ({ from, kind })

const few = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const notesOf = (warnings: readonly Warning[], left: readonly IgnoredDocument[]): unknown => [
  warningLines(warnings),
  ignoredLine(left),
]
const isSteady = (say: typeof notesOf): fc.IProperty<[Warning[], IgnoredDocument[]]> =>
  fc.property(
    fc.array(fc.tuple(few, few, fc.option(few, { nil: undefined })).map((of) => warning(...of))),
    fc.array(
      fc.tuple(few, fc.constantFrom('Service', 'Role', unknownKind)).map((of) => ignored(...of)),
    ),
    (warnings, left) => {
      expect(say([...warnings].reverse(), [...left].reverse())).toEqual(say(warnings, left))
    },
  )

describe('notes', () => {
  it('do not depend on the order of the documents', () => fc.assert(isSteady(notesOf)))
  it('are refuted when the first is said first', () => {
    const first = (warnings: readonly Warning[]): unknown => warningLines(warnings.slice(0, 1))
    expect(isRefuted(isSteady(first))).toBe(true)
  })
})

describe('warnings', () => {
  it('of one text are one line, each subject once and in order', () => {
    const warnings = [
      warning('web', 'z is ignored'),
      warning('web', 'a is raised', 'to 2'),
      warning('web', 'a is raised', 'to 2'),
      warning('api', 'a is raised', 'to 3'),
      ...['5', '3', '1', '2', '4'].map((name) => warning(name, 'm')),
    ]
    expect(warningLines(warnings)).toEqual([
      '  a is raised (api: to 3; web: to 2)',
      '  m (1; 2; 3; and 2 more)',
      '  z is ignored (web)',
    ])
  })
  it('name every subject in a wide view', () => {
    const warnings = ['5', '3', '1', '2', '4'].map((name) => warning(name, 'm'))
    expect(warningLines(warnings, { isWide: true })).toEqual(['  m (1; 2; 3; 4; 5)'])
  })
  it('can not colour a terminal', () => {
    expect(warningLines([warning('\u001b[31m', 'x')])).toEqual(['  x (\\u001b[31m)'])
  })
})

describe('what was ignored', () => {
  it('is counted by kind, and named where it has none', () => {
    const files = ['d', 'c', 'b', 'a', 'e'].map((name) => ignored(`${name}.yaml`, unknownKind))
    const kinds = ['Service', 'Role', 'Service'].map((kind) => ignored('k.yaml', kind))
    expect(ignoredLine([...files, ...kinds])).toBe(
      `1 Role, 2 Service; ${unknownKind}: a.yaml, b.yaml, c.yaml and 2 more`,
    )
    expect(ignoredLine(kinds)).toBe('1 Role, 2 Service')
  })
  it('names a file of several documents once', () => {
    const parts = ['a.yaml, document 1', 'a.yaml, document 12'].map((from) =>
      ignored(from, unknownKind),
    )
    expect(ignoredLine(parts)).toBe(`${unknownKind}: a.yaml`)
  })
})
