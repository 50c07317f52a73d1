/** The rules of Karpenter that scenarios are put to. */
import { nodeSupplyRules } from '@stowage/kubernetes'

/** Decisions, and codecs of what they read. */
export const karpenterRules: (typeof nodeSupplyRules)['karpenter'] = nodeSupplyRules.karpenter
