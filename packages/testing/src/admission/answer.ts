/**
 * Submits the objects of an admission line (a list of objects) to the API server of
 * `@stowage/kubernetes`, one after the other. Converts the results to the form of the recorded
 * answers.
 */
import { submitObjects } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { AdmissionAnswerLine, AdmissionError, AdmissionLine, AdmissionResult } from './line.js'
import { repeatedKeys } from './repeated-keys.js'

type Answer = ReturnType<typeof submitObjects>[number]['answer']
type AdmissionRefusal = Extract<Answer, { readonly _tag: 'Left' }>['left']

interface Head {
  readonly kind?: string
  readonly metadata?: { readonly name?: string }
}

/**
 * Our answer to a line. `text` is the line as it was written, in which a key may be there twice.
 */
export const admissionAnswer = (
  line: AdmissionLine,
  text: string = JSON.stringify(line),
): AdmissionAnswerLine => {
  const keys = repeatedKeys(text).filter(([list]) => list === 'objects')
  const submitted = line.objects.map((value, i) => ({
    value,
    repeated: keys.filter(([, index]) => index === i).map((path) => path.slice(2)),
  }))
  const { validation = 'Strict' } = line
  const answers = submitObjects(submitted, validation === '' ? 'Strict' : validation)
  const results = answers.map(({ answer, isUpdate }, i): AdmissionResult => {
    const { kind = '', metadata } = (line.objects[i] ?? {}) as Head
    return {
      kind,
      name: metadata?.name ?? '',
      ...(isUpdate ? { update: true } : {}),
      ...(E.isLeft(answer) ? { error: refusalLine(answer.left) } : { object: answer.right }),
    }
  })
  return { id: line.id, results }
}

const refusalLine = ({ code, reason, message, causes }: AdmissionRefusal): AdmissionError => ({
  code,
  reason,
  message,
  ...(causes.length === 0
    ? {}
    : {
        causes: [
          ...new Set(
            causes.map(
              ({ field, found, expected }) => `${field}: found ${found}, expected ${expected}`,
            ),
          ),
        ].sort(),
      }),
})
