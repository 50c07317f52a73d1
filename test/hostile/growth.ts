/**
 * Prints how the work of the command line grows when the size of each hostile input is doubled, as
 * JSON by the name of the input, and the counts of two equal runs. Arguments are words of names
 * that select inputs. It is a program of its own: V8 counts blocks only in functions that were
 * first called after the counting began.
 */
import { startCounting } from './work.js'
import { run } from '../../packages/cli/src/command/program.js'
import { growingShapes, hostileShapes } from './shapes.js'

/** What the program prints. */
export interface GrowthReport {
  readonly growths: Readonly<Record<string, number>>
  /** The blocks of two equal runs. */
  readonly equal: readonly [one: number, other: number]
}

const countWork = startCounting()
const countOf = async ({ text, args }: (typeof hostileShapes)[number], size: number) => {
  const { blocks } = await countWork(() =>
    run(['plan', '-', ...(args ?? ['--nodes', 'm5.large=2'])], () => Promise.resolve(text(size))),
  )
  return blocks
}

const measure = async (): Promise<GrowthReport> => {
  const growths: Record<string, number> = {}
  for (const shape of growingShapes(process.argv.slice(2))) {
    // What is computed once, such as tables, counts for no size.
    await countOf(shape, shape.size / 2)
    const once = await countOf(shape, shape.size / 2)
    growths[shape.name] = (await countOf(shape, shape.size)) / once
  }
  const aliases = hostileShapes.find(({ name }) => name.startsWith('aliases of one'))!
  await countOf(aliases, 50)
  return { growths, equal: [await countOf(aliases, 50), await countOf(aliases, 50)] }
}

void measure().then((report) => process.stdout.write(JSON.stringify(report)))
