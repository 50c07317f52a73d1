/**
 * Collects the exported outputs of all stacks of an input by export name. `Fn::ImportValue` in one
 * template then returns the output of another template; the AWS CDK, too, connects stacks in this
 * way.
 *
 * Source: AWS CloudFormation Template Reference, Outputs and Fn::ImportValue.
 */
import { someOf } from '@stowage/documents'
import { evaluate, outputField, type Scope } from './intrinsic.js'
import { isUnresolved, seenOutside, unresolvedValue } from './unresolved.js'

/** Exported values by export name. */
export type Exports = ReadonlyMap<string, unknown>

/** No other stack: every import is unresolved. */
export const noExports: Exports = new Map()

/**
 * The exports of all stacks. `scopesOf` makes their scopes with the imports known so far. An export
 * may be made of an import, so this repeats until no further import is found, at most once for each
 * stack: a longer chain of imports would be a circle.
 */
export const exportsOf = (scopesOf: (imports: Exports) => readonly Scope[]): Exports => {
  let known = noExports
  for (let left = scopesOf(known).length; left > 0; left--) {
    const next = collectedExports(scopesOf(known))
    const isStable = openIn(next) === openIn(known) && next.size === known.size
    known = next
    if (isStable) break
  }
  return known
}

const openIn = (known: Exports): number => [...known.values()].filter(isUnresolved).length

const collectedExports = (scopes: readonly Scope[]): Exports => {
  const found = new Map<string, (readonly [key: string, value: unknown])[]>()
  for (const scope of scopes)
    for (const [name, value] of exportsIn(scope)) {
      const others = found.get(name)
      if (others === undefined) found.set(name, [[scope.key, value]])
      else others.push([scope.key, value])
    }
  return new Map(
    [...found].map(([name, all]) => [
      name,
      all.length === 1
        ? seenOutside(...all[0]!)
        : unresolvedValue(
            `Fn::ImportValue ${name}`,
            `several templates export it: ${someOf(all.map(([key]) => key))}`,
          ),
    ]),
  )
}

const exportsIn = (scope: Scope): readonly (readonly [name: string, value: unknown])[] =>
  [...scope.template.outputs.values()].flatMap((output) => {
    const name = evaluate(scope, outputField(outputField(output, 'Export'), 'Name'))
    const condition = outputField(output, 'Condition')
    const isMade = typeof condition !== 'string' || scope.conditions.get(condition) !== false
    return typeof name === 'string' && isMade
      ? [[name, evaluate(scope, outputField(output, 'Value'))] as const]
      : []
  })
