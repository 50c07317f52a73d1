/**
 * Makes warnings about unknown parts of a CloudFormation stack: for each unresolved value that
 * placement does not need, and for macros, which could change the stack. The stack can be planned
 * nevertheless.
 */
import { pathOf } from '@stowage/kernel'
import { withNames } from './name.js'
import type { StackResource, Stack } from './stack.js'
import type { Template } from './template.js'
import { unresolvedIn, unresolvedText } from './unresolved.js'
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

/** A warning when the template has a macro for all of it. */
export const macroWarnings = ({ from, isTransformed }: Template): readonly EcsWarning[] =>
  isTransformed
    ? [{ code: 'MacroNotApplied', from, subject: from, text: notApplied, detail: 'Transform' }]
    : []
