/**
 * Compiles source files with a planted bug (a plant) each. A plant that does not compile tests
 * nothing: the tests fail because of the error, or the bug is in a field that is no longer read.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import type { Plant } from './plant.js'

/** A variable, an import or a statement that the plant leaves without a use is no fault. */
const unusedCodes = new Set([6133, 6138, 6192, 6196, 7027])

/** `packages/kernel` of `packages/kernel/src/judge/fit.ts`. */
const projectOf = ({ file }: Plant): string => file.split('/').slice(0, 2).join('/')

const optionsOf = (project: string): ts.CompilerOptions => {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }: ts.Diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '))
    },
  }
  const config = ts.getParsedCommandLineOfConfigFile(resolve(project, 'tsconfig.json'), {}, host)
  return { ...config?.options, composite: false, noEmit: true, emitDeclarationOnly: false }
}

/** Compiles files of a project, with one text changed; what did not change is parsed once. */
const compilerOf = (project: string) => {
  const options = optionsOf(project)
  const host = ts.createCompilerHost(options)
  const parsedFiles = new Map<string, ts.SourceFile | undefined>()
  const parse = host.getSourceFile.bind(host)
  return (file: string, text: string): readonly ts.Diagnostic[] => {
    const changed = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022)
    host.getSourceFile = (name, version) => {
      if (resolve(name) === file) return changed
      if (!parsedFiles.has(name)) parsedFiles.set(name, parse(name, version))
      return parsedFiles.get(name)
    }
    const program = ts.createProgram({ rootNames: [file], options, host })
    return [...program.getSyntacticDiagnostics(changed), ...program.getSemanticDiagnostics(changed)]
  }
}

/** The first error of each plant that does not compile, after the file and the plant's reason. */
export const compileFaults = (plants: readonly Plant[]): readonly string[] => {
  const compilers = new Map<string, ReturnType<typeof compilerOf>>()
  return plants.flatMap((plant) => {
    const project = projectOf(plant)
    const compile = compilers.get(project) ?? compilerOf(project)
    compilers.set(project, compile)
    const text = readFileSync(plant.file, 'utf8').replace(plant.find, () => plant.replace)
    const fault = compile(resolve(plant.file), text).find(({ code }) => !unusedCodes.has(code))
    if (fault === undefined) return []
    const message = ts.flattenDiagnosticMessageText(fault.messageText, ' ')
    return [`${plant.file}: ${plant.why}: ${message}`]
  })
}
