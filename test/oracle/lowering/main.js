/**
 * Prints scenarios at the edges of what a pod is made into, one a line, as `kubeoracle verdicts`
 * reads them.
 */
import { podScenarios } from './pods.js'
import { volumeScenarios } from './volumes.js'

for (const scenario of [...podScenarios, ...volumeScenarios]) console.log(JSON.stringify(scenario))
