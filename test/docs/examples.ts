/** Finds the examples of docstrings: code, and what it prints. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Block, blocksOf, fencesIn } from './fences.js'
import { root, textOf } from './project.js'

/** An example, and the file and line that it begins at. */
export interface Example {
  readonly at: string
  /** What is declared after the docstring. */
  readonly name: string
  readonly block: Block
}

const docstring = /\/\*\*\n(?: \*.*\n)+? \*\/\nexport (?:const|function|interface|type) (\w+)/g

/** The examples of a file: a fence of `ts` each, then one of `text` with what it prints. */
export const examplesIn = (path: string, text: string): readonly Example[] =>
  [...text.matchAll(docstring)].flatMap(([whole, name = '']) => {
    const at = text.indexOf(whole)
    const line = text.slice(0, at).split('\n').length
    const page = whole
      .split('\n')
      .filter((one) => one.startsWith(' *'))
      .map((one) => one.replace(/^ \* ?/, ''))
      .join('\n')
    const [, ...examples] = page.split('\n@example\n')
    return examples.flatMap((example) =>
      blocksOf(fencesIn(example.replaceAll('```text', '```output'))).map((block) => ({
        ...{ at: `${path}:${line}`, name, block },
      })),
    )
  })

/** The sources of all packages, without tests. */
export const sourcePaths = (): readonly string[] =>
  readdirSync(join(root, 'packages')).flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
      .map((file) => `packages/${name}/src/${file}`),
  )

/** Every example of every package. */
export const allExamples = (): readonly Example[] =>
  sourcePaths().flatMap((path) => examplesIn(path, textOf(path)))
