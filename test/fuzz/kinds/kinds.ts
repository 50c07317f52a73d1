/** Lists all kinds of fuzzed input, beside plans (`fuzz.ts`) and command lines. */
import { callKind } from './calls.js'
import { configurationKind } from './configurations.js'
import { ecsHistoryKind, kubernetesHistoryKind, schedulerHistoryKind } from './histories.js'
import type { FuzzKind } from './kind.js'
import { queryKind } from './queries.js'
import { scenarioKind } from './scenarios.js'
import { ecsStateKind, schedulerStateKind } from './states.js'
import { templateKind } from './templates.js'

export const kinds: readonly FuzzKind[] = [
  ...[callKind, kubernetesHistoryKind, ecsHistoryKind, schedulerHistoryKind],
  ...[ecsStateKind, schedulerStateKind, templateKind, queryKind, configurationKind, scenarioKind],
]
