/** Re-exports our Karpenter rules (provisioning, consolidation) and the codecs of their inputs. */
import { nodeSupplyRules } from '@stowage/kubernetes'

/** Decisions, and codecs of what they read. */
export const karpenterRules: (typeof nodeSupplyRules)['karpenter'] = nodeSupplyRules.karpenter
