/**
 * Parses the parameters of CloudFormation templates as `--parameter` writes them: `NAME=VALUE`,
 * each name once.
 */
import type { DocumentFault } from '@stowage/documents'
import type { TemplateParameters } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from './fault.js'

const from = '--parameter'

/** The values by name, or every text of another form or with a name that was there before. */
export const parametersOf = (texts: readonly string[]): E.Either<Faults, TemplateParameters> => {
  const values = new Map<string, string>()
  const wrong: DocumentFault[] = []
  for (const text of texts) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    const expected = name === '' ? 'NAME=VALUE' : 'every parameter once'
    if (name === '' || values.has(name))
      wrong.push({ from, at: [], found: JSON.stringify(text), expected })
    else values.set(name, value)
  }
  return wrong.length > 0 ? E.left(wrong) : E.right({ from, values })
}
