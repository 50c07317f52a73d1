/**
 * Tests the TypeScript declarations (`.d.ts` files) of the built packages:
 *
 * 1. TypeScript 5.4 and the current compiler accept them without `skipLibCheck`.
 * 2. Every way of resolving modules finds them.
 * 3. Every declared value exists when the package is loaded.
 * 4. Every name has a docstring, and is declared in a file with the name of its source.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** The oldest compiler that users may have, installed in `packages/testing`. */
const oldest = createRequire(resolve('packages/testing/package.json'))('typescript') as typeof ts

const entries = [
  'kernel',
  'kernel/plain',
  'documents',
  'fargate',
  'ecs',
  'kubernetes',
  'workbench',
  'simulator',
  'optimizer',
  'testing',
  'testing/conformance',
] as const
const builtAs = (entry: string): string => {
  const [library, name = 'index'] = entry.split('/')
  return resolve(`packages/${library!}/dist/${name}`)
}

const strict = { strict: true, exactOptionalPropertyTypes: true, types: [], noEmit: true }
const roots = entries.flatMap((entry) => [`${builtAs(entry)}.d.ts`, `${builtAs(entry)}.d.cts`])

const program = ts.createProgram(roots, {
  ...strict,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
})
const checker = program.getTypeChecker()

/** The names that each entry has when it is loaded, in code-unit order. */
const loadedNames = JSON.parse(
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const namesOf = async (entry) => [entry, Object.keys(await import('@stowage/' + entry)).sort()]
      const all = await Promise.all(${JSON.stringify(entries)}.map(namesOf))
      console.log(JSON.stringify(Object.fromEntries(all)))`,
    ],
    { encoding: 'utf8' },
  ),
) as Readonly<Record<string, readonly string[]>>

interface Export {
  readonly name: string
  readonly symbol: ts.Symbol
  readonly isValue: boolean
}
const exportsOf = (entry: string): readonly Export[] => {
  const file = checker.getSymbolAtLocation(program.getSourceFile(`${builtAs(entry)}.d.ts`)!)!
  return checker.getExportsOfModule(file).map((named) => {
    const isAlias = (named.flags & ts.SymbolFlags.Alias) !== 0
    const symbol = isAlias ? checker.getAliasedSymbol(named) : named
    const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0 && !isTypeOnly(named)
    return { name: named.name, symbol, isValue }
  })
}

/** Whether a name is exported by `export type`, which leaves its value out. */
const isTypeOnly = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some((one) => ts.isExportSpecifier(one) && ts.isTypeOnlyExportDeclaration(one))

describe('compilers', () => {
  it(`takes them: ${ts.version}`, () => {
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([])
  })

  it(`takes them: ${oldest.version}`, () => {
    const older = oldest.createProgram(roots, {
      ...strict,
      module: oldest.ModuleKind.NodeNext,
      moduleResolution: oldest.ModuleResolutionKind.NodeNext,
      target: oldest.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
    })
    const found = oldest.getPreEmitDiagnostics(older)
    expect(found.map(({ file, messageText }) => [file?.fileName, messageText])).toEqual([])
  })
})

const { Node16, NodeNext, Bundler } = oldest.ModuleResolutionKind
// The compiler's types call the oldest way deprecated; users have it all the same.
const { options: oldestWay } = oldest.convertCompilerOptionsFromJson(
  { moduleResolution: 'node10' },
  '.',
)
const ways = [
  ['node10', oldestWay.moduleResolution!, undefined, 'ts'],
  ['node16, imported', Node16, oldest.ModuleKind.ESNext, 'ts'],
  ['node16, required', Node16, oldest.ModuleKind.CommonJS, 'cts'],
  ['nodenext, imported', NodeNext, oldest.ModuleKind.ESNext, 'ts'],
  ['bundler', Bundler, oldest.ModuleKind.ESNext, 'ts'],
] as const

describe.each(entries)('%s', (entry) => {
  it.each(ways)('is found by %s', (_, moduleResolution, mode, extension) => {
    const { resolvedModule } = oldest.resolveModuleName(
      `@stowage/${entry}`,
      resolve('user.ts'),
      { moduleResolution },
      oldest.sys,
      undefined,
      undefined,
      mode,
    )
    expect(resolvedModule?.resolvedFileName).toBe(`${builtAs(entry)}.d.${extension}`)
  })

  it('has every value that it declares', () => {
    const declared = exportsOf(entry).filter(({ isValue }) => isValue)
    expect(declared.length).toBeGreaterThan(0)
    expect(declared.map(({ name }) => name).sort()).toEqual(loadedNames[entry])
  })

  it('says of every name what it is', () => {
    const silent = exportsOf(entry).filter(
      ({ symbol }) => symbol.getDocumentationComment(checker).length === 0,
    )
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  it('declares every name in a file of the name of its source', () => {
    for (const { symbol } of exportsOf(entry))
      for (const declaration of symbol.declarations ?? []) {
        const file = relative(process.cwd(), declaration.getSourceFile().fileName)
        const source = file.replace('/dist/', '/src/').replace(/\.d\.ts$/, '.ts')
        expect([file, existsSync(source)]).toEqual([file, true])
      }
  })
})
