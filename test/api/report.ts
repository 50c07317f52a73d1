/**
 * Formats the public declarations of a built package entry as text: (1) every exported name with
 * its declaration, without comments; (2) every type that these declarations use and that the entry
 * does not export. If two reports differ, the public API has changed.
 */
import { relative, resolve } from 'node:path'
import ts from 'typescript'

/** The entries that are published, by package and file. */
export const entries = [
  ['kernel', 'index'],
  ['kernel', 'plain'],
  ['documents', 'index'],
  ['fargate', 'index'],
  ['ecs', 'index'],
  ['kubernetes', 'index'],
  ['workbench', 'index'],
  ['simulator', 'index'],
  ['optimizer', 'index'],
  ['testing', 'index'],
  ['testing', 'conformance'],
] as const

const builtFile = (library: string, entry: string): string =>
  resolve(`packages/${library}/dist/${entry}.d.ts`)

/** A program of all entries, as a user's compiler makes it. */
export const declarationProgram = (): ts.Program =>
  ts.createProgram(
    entries.map(([library, entry]) => builtFile(library, entry)),
    {
      ...{ strict: true, exactOptionalPropertyTypes: true, types: [], noEmit: true },
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
    },
  )

const printer = ts.createPrinter({ removeComments: true })
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

/** The report of one entry. */
export const reportOf = (program: ts.Program, library: string, entry: string): string => {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(builtFile(library, entry))!
  const aliasedSymbol = (symbol: ts.Symbol): ts.Symbol =>
    (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)
  const exported = new Map(
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(file)!)
      .map((symbol) => [symbol.name, aliasedSymbol(symbol)] as const),
  )
  const isOwn = (symbol: ts.Symbol): boolean =>
    (symbol.declarations ?? []).some((declaration) =>
      relative(resolve(`packages/${library}/dist`), declaration.getSourceFile().fileName).match(
        /^\w/,
      ),
    )

  const known = new Set(exported.values())
  const named: [string, ts.Symbol][] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const found = checker.getSymbolAtLocation(node)
      const symbol = found === undefined ? undefined : aliasedSymbol(found)
      if (symbol !== undefined && !known.has(symbol) && isTopLevel(symbol) && isOwn(symbol)) {
        known.add(symbol)
        named.push([symbol.name, symbol])
        declarationsOf(symbol).forEach(visit)
      }
    }
    ts.forEachChild(node, visit)
  }
  for (const symbol of exported.values()) declarationsOf(symbol).forEach(visit)

  const text = ([name, symbol]: readonly [string, ts.Symbol]): string =>
    declarationsOf(symbol)
      .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()))
      .map((printed) => (printed.includes(name) ? printed : `${name}: ${printed}`))
      .join('\n')
  const section = (title: string, all: readonly (readonly [string, ts.Symbol])[]): string =>
    [`## ${title}`, ...[...all].sort(byName).map(text)].join('\n\n')
  return [
    `# ${library}${entry === 'index' ? '' : `/${entry}`}`,
    section('exported', [...exported]),
    ...(named.length === 0 ? [] : [section('named by these, and not exported', named)]),
    '',
  ].join('\n\n')
}

/** The statements that declare a name: of a constant the whole statement, not only its name. */
const declarationsOf = ({ declarations = [] }: ts.Symbol): readonly ts.Node[] =>
  declarations.map((node) =>
    ts.isVariableDeclaration(node) && ts.isVariableStatement(node.parent.parent)
      ? node.parent.parent
      : node,
  )

/** Declared by a statement of a module; a type parameter or a field is part of one. */
const isTopLevel = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some(
    (node) =>
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isVariableDeclaration(node),
  )
