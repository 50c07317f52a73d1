/**
 * Creates warnings about the parts of a CloudFormation stack that a plan ignores:
 * 1. values that are unknown before the stack is created, if placement does not need them;
 * 2. properties that the resource type does not have;
 * 3. macros, which could change the stack.
 */
import { pathOf } from '@stowage/kernel'
import { unknownFields, unknownFieldWarning } from '../schema/unknown-fields.js'
import { withNames } from './name.js'
import type { StackResource, Stack } from './stack.js'
import { isLoop, type Template } from './template.js'
import { isUnresolved, unresolvedIn, unresolvedText } from './unresolved.js'
import type { EcsWarning } from '../words/warning.js'

/**
 * One warning per unresolved value of a resource. If placement needs the value, decoding it fails
 * instead.
 */
export const openWarnings = (
  stack: Stack,
  { id, properties }: StackResource,
): readonly EcsWarning[] =>
  unresolvedIn(withNames(stack, properties)).map(([at, open]) => {
    const isMacro = at.at(-1) === 'Fn::Transform'
    return {
      ...{ from: stack.from, subject: `${stack.from}: ${id}` },
      code: isMacro ? 'MacroNotApplied' : 'ValueNotResolved',
      text: isMacro ? notApplied : notResolved,
      detail: isMacro ? pathOf(at) : `${pathOf(at)} is ${unresolvedText(open)}`,
    }
  })

/** One text for all values, so that they make one line. */
const notResolved = 'not resolved, and of no account for where tasks go'

const notApplied = 'a macro is not applied, so that what it would add or change is not known'

/**
 * One warning per property that the type of the resource does not have. A macro in the place of a
 * property is told of as one that is not applied.
 */
export const unknownPropertyWarnings = (
  { from }: Stack,
  { id, type, properties }: StackResource,
): readonly EcsWarning[] =>
  unknownFields(type, properties, isUnresolved).flatMap((field): readonly EcsWarning[] => {
    const subject = `${from}: ${id}`
    const name = String(field.at.at(-1))
    if (name === 'Fn::Transform') return []
    return isLoop(name)
      ? [{ code: 'MacroNotApplied', from, subject, text: notApplied, detail: pathOf(field.at) }]
      : [unknownFieldWarning(from, subject, field)]
  })

/** A warning when the template has a macro for all of it. */
export const macroWarnings = ({ from, isTransformed }: Template): readonly EcsWarning[] =>
  isTransformed
    ? [{ code: 'MacroNotApplied', from, subject: from, text: notApplied, detail: 'Transform' }]
    : []
