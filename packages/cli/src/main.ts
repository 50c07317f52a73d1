/**
 * Starts the command line: gives it the arguments and the standard input of the process, prints the
 * texts that it returns, and sets the exit status. No other file uses `process`.
 */
import { buffer } from 'node:stream/consumers'
import { run } from './command/program.js'
import { decodeText } from './read/decode-text.js'

const readStandardInput = async (): Promise<string> => decodeText(await buffer(process.stdin))

const { out, error, status } = await run(process.argv.slice(2), readStandardInput)
// A reader such as `head` may close the pipe early, which is not an error.
process.stdout.on('error', () => undefined)
process.stdout.write(out)
process.stderr.write(error)
process.exitCode = status
