/**
 * The one place that touches the process: arguments and standard input in, text and a status out.
 */
import { buffer } from 'node:stream/consumers'
import { run } from './command/program.js'

/** Rejects when the bytes are no text in UTF-8. */
const standardInput = async (): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true }).decode(await buffer(process.stdin))

const { out, error, status } = await run(process.argv.slice(2), standardInput)
// Whoever reads may stop early, as `head` does: that is no fault of the plan.
process.stdout.on('error', () => undefined)
process.stdout.write(out)
process.stderr.write(error)
process.exitCode = status
