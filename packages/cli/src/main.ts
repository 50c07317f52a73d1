/** The one place that touches the process: arguments and standard input in, text and a status out. */
import { text } from 'node:stream/consumers'
import { run } from './command/program.js'

const { out, error, status } = await run(process.argv.slice(2), () => text(process.stdin))
// Whoever reads may stop early, as `head` does: that is no fault of the plan.
process.stdout.on('error', () => undefined)
process.stdout.write(out)
process.stderr.write(error)
process.exitCode = status
