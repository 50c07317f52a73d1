/**
 * Lists the names that a source file declares (at its top level, or at any depth) and the names
 * that a package's entry file exports. Only the syntax is parsed and nothing is compiled, so that a
 * test can pass code that does not compile.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { leadsTo } from './imports.js'

/** A name that a file declares at its top level. A type and a value of one name are one. */
export interface Declared {
  readonly name: string
  readonly isExported: boolean
  readonly hasDocstring: boolean
}

export const parsed = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)

/** The names that a file declares at its top level, each once. */
export const declaredIn = (path: string, text: string): readonly Declared[] => {
  const all = parsed(path, text).statements.flatMap(declaredBy)
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const alike = all.filter((one) => one.name === name)
    return {
      name,
      isExported: alike.some(({ isExported }) => isExported),
      hasDocstring: alike.some(({ hasDocstring }) => hasDocstring),
    }
  })
}

const declaredBy = (statement: ts.Statement): readonly Declared[] => {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  const isExported = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
  const hasDocstring = ts.getJSDocCommentsAndTags(statement).length > 0
  return namesOf(statement).map((name) => ({ name, isExported, hasDocstring }))
}

const namesOf = (statement: ts.Statement): readonly string[] => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundIn(name))
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement)
  return isNamed && statement.name !== undefined ? [statement.name.text] : []
}

/**
 * The names that a file declares at any depth, each once: of variables, functions and types, of
 * parameters and fields.
 */
export const namesIn = (path: string, text: string): readonly string[] => {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isStatement(node)) for (const name of namesOf(node)) names.add(name)
    // The variable of a loop stands in no statement of its own.
    if (ts.isVariableDeclaration(node) || ts.isParameter(node))
      for (const name of boundIn(node.name)) names.add(name)
    if (ts.isPropertySignature(node) && ts.isIdentifier(node.name)) names.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(parsed(path, text))
  return [...names]
}

const boundIn = (name: ts.BindingName): readonly string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) =>
        ts.isOmittedExpression(element) ? [] : boundIn(element.name),
      )

/** A name that a barrel publishes, and the file and the name that it publishes by it. */
export interface Published {
  readonly name: string
  readonly from: string
  readonly declaredAs: string
}

/** What `export { a, type B as C } from './x.js'` publishes. */
export const publishedBy = (path: string, text: string): readonly Published[] =>
  parsed(path, text).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return []
    const { exportClause, moduleSpecifier } = statement
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return []
    const from =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier)
        ? leadsTo(posix.normalize(path), moduleSpecifier.text)
        : path
    return exportClause.elements.map(({ name, propertyName }) => ({
      name: name.text,
      from,
      declaredAs: (propertyName ?? name).text,
    }))
  })

/** Every name that ES2022 and the DOM declare globally, from the compiler's own libraries. */
export const globalNames = (): ReadonlySet<string> => {
  const folder = posix.dirname(ts.getDefaultLibFilePath({}))
  const names = readdirSync(folder)
    .filter((file) => /^lib\.(dom|es5|es20(1\d|2[0-2]))\b.*\.d\.ts$/.test(file))
    .flatMap((file) => declaredIn(file, readFileSync(`${folder}/${file}`, 'utf8')))
    .map(({ name }) => name)
  return new Set(names)
}
