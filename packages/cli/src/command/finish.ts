/**
 * Converts the result of a command to an exit status and the texts for standard output and standard
 * error. A result is either an answer, which is formatted for `--output`, or a rejection, which
 * lists the errors of the input.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { faultsText } from '../show/faults-text.js'
import type { Terminal } from '../show/terminal.js'
import { layOut, warningsIn } from '../show/view.js'
import type { Flags } from './flags.js'
import { endLine, misuseOutcome, type Answer, type Outcome, type Rejection } from './outcome.js'

/** Status 0 or 1 for an answer; status 2, and the faults on standard error, for a rejection. */
export const finish = (
  result: Either<Rejection, Answer>,
  flags: Flags,
  terminal: Terminal,
): Outcome => {
  if (result._tag === 'Left')
    return misuseOutcome(faultsText(result.left.faults, result.left.undone))
  const { out, error, isComplete, files = [] } = result.right
  const warnings = flags.strict === true ? warningsOf(out) : 0
  const complaint =
    warnings === 0 ? error : `stowage: ${countText(warnings)} under --strict, status 1`
  const text = flags.quiet === true ? undefined : answerText(out, terminal)
  const outcome: Outcome = {
    out: endLine(text),
    error: endLine(complaint),
    status: isComplete && warnings === 0 ? 0 : 1,
  }
  return files.length === 0 ? outcome : { ...outcome, files }
}

const answerText = (out: Answer['out'], terminal: Terminal): string | undefined =>
  typeof out === 'object' ? layOut(out, terminal) : out

const warningsOf = (out: Answer['out']): number =>
  typeof out === 'object' ? warningsIn(out.json()) : 0

const countText = (warnings: number): string =>
  warnings === 1 ? '1 warning counts' : `${warnings} warnings count`
