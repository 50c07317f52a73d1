/**
 * Prints hand-written and generated scenarios (Kubernetes objects and pods to schedule) about
 * volumes, one JSON value per line. The program `kubeoracle verdicts` reads them and prints
 * kube-scheduler's answers, which are recorded for tests.
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
