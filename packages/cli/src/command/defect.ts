/**
 * Runs a command, and converts an exception to an error message and exit status 3. Bad input never
 * causes an exception, so an exception means a defect of Stowage, and the message says so. With
 * `STOWAGE_TRACE=1` in the environment, the message ends with the stack trace.
 */
import type { Outcome } from './outcome.js'

/** The outcome of the work, or status 3 and a sentence when it throws. */
export const catchDefect = async (
  work: () => Promise<Outcome>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> => {
  try {
    return await work()
  } catch (thrown) {
    const [message, trace] =
      thrown instanceof Error ? [thrown.message, thrown.stack] : [String(thrown), undefined]
    const error = [
      `stowage: this is a defect of Stowage, not of your input: ${message}`,
      'Please report it, with the input if you may share it; STOWAGE_TRACE=1 prints where it happened.',
      ...(environment['STOWAGE_TRACE'] === undefined ? [] : [trace ?? '']),
      '',
    ]
    return { out: '', error: error.join('\n'), status: 3 }
  }
}
