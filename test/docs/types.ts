/**
 * Checks the types of the TypeScript code blocks in the docs, all in one program, with the
 * project's compiler options and against the project's sources.
 */
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './project.js'

export interface Snippet {
  /** Where it stands, such as `README.md:12`. */
  readonly at: string
  readonly body: string
}

/** A page imports what it shows and need not use it all; it may print, so it knows Node. */
const options = (): ts.CompilerOptions => {
  const read = (path: string) => ts.sys.readFile(path)
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), read) as { config: object }
  return {
    ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
    types: ['node'],
    skipLibCheck: true,
    moduleDetection: ts.ModuleDetectionKind.Force,
    noUnusedLocals: false,
    composite: false,
    declaration: false,
    emitDeclarationOnly: false,
    noEmit: true,
  }
}

/** The compiler sees each snippet as a file in the root, where the packages resolve. */
const hostWith = (files: ReadonlyMap<string, string>, given: ts.CompilerOptions) => {
  const host = ts.createCompilerHost(given)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path)
    return text === undefined
      ? getSourceFile(path, target, ...rest)
      : ts.createSourceFile(path, text, target)
  }
  return host
}

/** One sentence for each error, with the place of the snippet that has it. */
export const typeErrors = (snippets: readonly Snippet[]): readonly string[] => {
  const paths = snippets.map(({ at }) => join(root, `${at.replaceAll(/[/:]/g, '-')}.ts`))
  const files = new Map(snippets.map(({ body }, i) => [paths[i]!, body]))
  const given = options()
  const program = ts.createProgram(paths, given, hostWith(files, given))
  return snippets.flatMap(({ at }, i) => {
    const source = program.getSourceFile(paths[i]!)
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => `${at}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  })
}
