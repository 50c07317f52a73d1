/**
 * Updates the outputs on a Markdown page: replaces each by what the code block before it prints
 * now. The command is `STOWAGE_WRITE_DOCS=yes npx vitest run test/docs.test.ts`. A person must
 * review the changes before they are kept.
 */
import { type Block, type Fence, fencesIn } from './fences.js'

/**
 * The page with the body of each `output` fence replaced; `printed` gives what the block before it
 * prints.
 */
export const rewritten = async (
  text: string,
  blocks: readonly Block[],
  printed: (fence: Fence) => Promise<string>,
): Promise<string> => {
  const lines = text.split('\n')
  const outputs = fencesIn(text).filter(({ tag }) => tag === 'output')
  const shown = blocks.filter(({ output }) => output !== undefined)
  for (const [i, output] of [...outputs.entries()].reverse()) {
    const length = output.body === '' ? emptyLength(lines, output) : output.body.split('\n').length
    const body = await printed(shown[i]!.fence)
    lines.splice(output.line, length, ...body.trimEnd().split('\n'))
  }
  return lines.join('\n')
}

/** A fence with nothing in it has no line, or one that is blank. */
const emptyLength = (lines: readonly string[], { line }: Fence): number =>
  lines[line]?.trim() === '' ? 1 : 0
