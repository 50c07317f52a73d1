/**
 * Starts the command line: passes it the arguments and the standard input of the process, prints
 * its texts, writes its files, and sets the exit status. No other file uses `process`.
 */
import { catchDefect } from './command/defect.js'
import { run } from './command/program.js'

const readStandardInput = async (): Promise<string> => {
  const [{ readStream }, { decodeText }] = await Promise.all([
    import('./read/bytes.js'),
    import('./read/decode-text.js'),
  ])
  return decodeText(await readStream(process.stdin))
}

const progress = process.stderr.isTTY
  ? (await import('./show/progress.js')).showProgress()
  : undefined
const host = {
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  environment: process.env,
  tell: (stage: string) => progress?.tell(stage),
}
const outcome = await catchDefect(
  () => run(process.argv.slice(2), readStandardInput, host),
  process.env,
)
const { out, error, status, files = [] } = outcome
await progress?.end()
const complaints =
  files.length === 0 ? '' : await (await import('./show/write-files.js')).writeFiles(files)
// A reader such as `head` may close the pipe early, which is not an error.
process.stdout.on('error', () => undefined)
process.stdout.write(out)
if (error + complaints !== '')
  process.stderr.write(
    (await import('./show/printable-lines.js')).printableLines(error + complaints),
  )
process.exitCode = complaints === '' ? status : 2
