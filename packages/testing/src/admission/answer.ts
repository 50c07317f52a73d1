/** Submits the objects of an admission line to an API server of our own, and words its answers. */
import { openApiServer, submitObject } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { AdmissionAnswerLine, AdmissionError, AdmissionLine, AdmissionResult } from './line.js'
import { repeatedKeys } from './repeated-keys.js'

type Answer = ReturnType<typeof submitObject>['answer']
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
  const repeated = repeatedKeys(text)
  let server = openApiServer()
  const results = line.objects.map((value, i): AdmissionResult => {
    const inObject = repeated
      .filter(([list, index]) => list === 'objects' && index === i)
      .map((path) => path.slice(2))
    const {
      answer,
      isUpdate,
      server: after,
    } = submitObject(
      server,
      value,
      line.validation === undefined ? 'Strict' : line.validation,
      inObject,
    )
    server = after
    const { kind = '', metadata } = (value ?? {}) as Head
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
