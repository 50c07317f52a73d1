/**
 * Prints scenarios at the edges of what nodes are asked about a pod's volumes, one a line, as
 * `kubeoracle verdicts` reads them.
 */
import { attachedScenarios } from './attached.js'
import { bindingScenarios } from './binding.js'
import { limitScenarios } from './limit.js'
import { reachScenarios } from './reach.js'

for (const scenario of [
  ...bindingScenarios,
  ...reachScenarios,
  ...limitScenarios,
  ...attachedScenarios,
])
  console.log(JSON.stringify({ ...scenario, family: 'volumes-corners' }))
