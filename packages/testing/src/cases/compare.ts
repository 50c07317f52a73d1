/**
 * Computes our outputs for recorded cases (calls of one function of an upstream controller), and
 * compares them with the recorded outputs, kind by kind.
 */
import { isObject, own } from '@stowage/documents'
import { differenceOf } from '../admission/difference.js'
import type { Agreement, Conformance, Difference } from '../conformance/conformance.js'
import type { CaseAnswerLine, CaseFunctions, CaseLine } from './line.js'

/** Our answer to a case; `undefined` when no function of the kind is there. */
export const caseAnswer = (
  functions: CaseFunctions,
  { id, kind, input }: CaseLine,
): CaseAnswerLine | undefined => {
  const answering = Object.hasOwn(functions, kind) ? functions[kind] : undefined
  return answering === undefined ? undefined : { id, output: answering(input as never) }
}

/** Compares our answers with the recorded outputs, which are found by id. */
export const caseConformance = (
  functions: CaseFunctions,
  lines: readonly CaseLine[],
  recorded: readonly CaseLine[],
): Conformance => {
  const byId = new Map(recorded.map((line) => [line.id, line]))
  const families = new Map<string, Agreement>()
  const differences: Difference[] = []
  const unanswered: string[] = []
  for (const line of lines) {
    const { id, kind: family } = line
    const theirs = byId.get(id)
    const ours = caseAnswer(functions, line)
    if (theirs === undefined || ours === undefined) {
      unanswered.push(id)
      continue
    }
    const found = differenceOf(comparable(theirs.output), ours.output)
    const { same, compared } = families.get(family) ?? { same: 0, compared: 0 }
    families.set(family, { same: same + (found === undefined ? 1 : 0), compared: compared + 1 })
    if (found !== undefined)
      differences.push({
        ...{ id, family, pod: '', plugin: '', same: false, what: `output ${found.at}`.trim() },
        ...{ theirs: found.theirs, ours: found.ours },
      })
  }
  const ids = new Set(lines.map(({ id }) => id))
  return {
    compared: lines.length - unanswered.length,
    families,
    plugins: new Map(),
    differences,
    unanswered,
    strays: recorded.map(({ id }) => id).filter((id) => !ids.has(id)),
  }
}

/**
 * What of a recorded output is compared: where the original draws lots and its answer without them
 * was recorded too, that one.
 */
const comparable = (output: unknown): unknown =>
  isObject(output) && 'inOrder' in output ? { inOrder: own(output, 'inOrder') } : output
