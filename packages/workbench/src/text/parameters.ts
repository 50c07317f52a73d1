/**
 * The parameters of CloudFormation templates as `--parameter` gives them: `NAME=VALUE`, each name
 * once.
 */
import type { BadDocument } from '@stowage/kernel'
import type { Parameters } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'

const from = '--parameter'

export const parametersOf = (
  written: readonly string[],
): E.Either<readonly BadDocument[], Parameters> => {
  const values = new Map<string, string>()
  const wrong: BadDocument[] = []
  for (const text of written) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    const expected = name === '' ? 'NAME=VALUE' : 'every parameter once'
    if (name === '' || values.has(name))
      wrong.push({ from, at: [], found: JSON.stringify(text), expected })
    else values.set(name, value)
  }
  return wrong.length > 0 ? E.left(wrong) : E.right({ from, values })
}
