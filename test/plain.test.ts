/**
 * Checks the built `plain` entry of the kernel, for users without fp-ts: (1) it exports every name
 * of the main entry; (2) its types need no fp-ts; (3) both entries share their code, so that it is
 * loaded only once.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const built = (entry: string): string => resolve(`packages/kernel/dist/${entry}.d.ts`)

const programOf = (...entries: readonly string[]): ts.Program =>
  ts.createProgram(entries.map(built), {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: [],
    noEmit: true,
  })

/** Every name that an entry exports, values and types, and whether it is a value. */
const exported = (program: ts.Program, entry: string): ReadonlyMap<string, boolean> => {
  const checker = program.getTypeChecker()
  const source = checker.getSymbolAtLocation(program.getSourceFile(built(entry))!)!
  return new Map(
    checker.getExportsOfModule(source).map((symbol) => {
      const alias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
      const { flags } = alias ? checker.getAliasedSymbol(symbol) : symbol
      return [symbol.name, (flags & ts.SymbolFlags.Value) !== 0]
    }),
  )
}

const ours = (program: ts.Program): readonly string[] =>
  program
    .getSourceFiles()
    .map(({ fileName }) => fileName)
    .filter((name) => !name.includes('/typescript/lib/'))

/** The files that import types of fp-ts. */
const mentions = (program: ts.Program): readonly string[] =>
  ours(program).filter((file) => /['"]fp-ts\b/.test(readFileSync(file, 'utf8')))

describe('the plain entry', () => {
  const both = programOf('index', 'plain')

  it('has every name of the main one, and Result', () => {
    const [main, plain] = ['index', 'plain'].map((entry) => exported(both, entry))
    expect(main!.size).toBeGreaterThan(100)
    expect([...plain!].sort()).toEqual([...main!, ['Result', false] as const].sort())
  })

  it('has types that speak of no fp-ts, wherever they stand', () => {
    const program = programOf('plain')
    expect(program.getSemanticDiagnostics()).toEqual([])
    expect(ours(program)).toContain(built('plain'))
    expect(mentions(program)).toEqual([])
  })

  it('is told from the main one, whose types do', () => {
    const write = resolve('packages/kernel/dist/cluster/write.d.ts')
    expect(mentions(programOf('index'))).toContain(write)
  })

  it.each(['module', 'commonjs'])('shares what is empty with the main one (%s)', (type) => {
    const load =
      type === 'module'
        ? "import * as main from '@stowage/kernel'; import * as plain from '@stowage/kernel/plain'"
        : "const main = require('@stowage/kernel'); const plain = require('@stowage/kernel/plain')"
    const script = `${load}; plain.take(main.empty)
      console.log(JSON.stringify([main.empty === plain.empty, main.nodeIds(plain.empty)]))`
    const options = { encoding: 'utf8' } as const
    const output = execFileSync(
      process.execPath,
      [`--input-type=${type}`, '--eval', script],
      options,
    )
    expect(JSON.parse(output)).toEqual([true, []])
  })
})
