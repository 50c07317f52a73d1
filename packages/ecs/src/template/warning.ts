/**
 * What is said of a stack although it can be planned: what is open in it and not needed, and what
 * might change it.
 */
import { pathOf } from '@stowage/kernel'
import { withNames } from './name.js'
import type { Made, Stack } from './stack.js'
import type { Template } from './template.js'
import { unresolvedIn, unresolvedText } from './unresolved.js'
import type { EcsWarning } from '../words/warning.js'

/** What is open in a resource. It does not matter as long as nobody complains of it. */
export const openWarnings = (stack: Stack, { id, properties }: Made): readonly EcsWarning[] =>
  unresolvedIn(withNames(stack, properties)).map(([at, open]) => ({
    code: at.at(-1) === 'Fn::Transform' ? 'MacroNotApplied' : 'ValueNotResolved',
    from: stack.from,
    subject: `${stack.from}: ${id}`,
    text:
      at.at(-1) === 'Fn::Transform'
        ? notApplied
        : `not resolved, and of no account for where tasks go: ${unresolvedText(open)}`,
    detail: pathOf(at),
  }))

const notApplied = 'a macro is not applied, so that what it would add or change is not known'

export const macroWarnings = ({ from, isTransformed }: Template): readonly EcsWarning[] =>
  isTransformed
    ? [{ code: 'MacroNotApplied', from, subject: from, text: notApplied, detail: 'Transform' }]
    : []
