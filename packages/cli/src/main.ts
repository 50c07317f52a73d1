/**
 * The process: arguments and standard input in, text and exit status out. No other file touches it.
 */
import { buffer } from 'node:stream/consumers'
import { run } from './command/program.js'

/** Rejects bytes that are not UTF-8. */
const readStandardInput = async (): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true }).decode(await buffer(process.stdin))

const { out, error, status } = await run(process.argv.slice(2), readStandardInput)
// A reader such as `head` may close the pipe early, which is not an error.
process.stdout.on('error', () => undefined)
process.stdout.write(out)
process.stderr.write(error)
process.exitCode = status
