/**
 * Runs the conformance suite on the built packages, the same in every runtime. The suite uses
 * nothing of its host. The contents of the files that it needs are bundled with it, as
 * `recordedTexts`.
 */
import { runCase, type CaseResult } from './case.js'
import { ecsCases } from './ecs.js'
import { kernelCases } from './kernel.js'
import { kubernetesCases } from './kubernetes.js'
import { optimizerCases } from './optimizer.js'
import type { RecordedTexts } from './recorded-texts.js'
import { workbenchCases } from './workbench.js'

/** Set by whoever bundles the suite. */
declare const recordedTexts: RecordedTexts

/** Runs every case, in order; or those whose name begins so. */
export const runSuite = (start = ''): readonly CaseResult[] =>
  [
    ...kernelCases,
    ...ecsCases,
    ...kubernetesCases(recordedTexts),
    ...workbenchCases(recordedTexts),
    ...optimizerCases(recordedTexts.optimizer),
  ]
    .filter(({ name }) => name.startsWith(start))
    .map(runCase)
