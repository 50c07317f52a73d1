/**
 * Prints hand-written scenarios (Kubernetes objects and pods to schedule), one JSON value per line.
 * They cover edge cases of converting (lowering) a pod to kernel rules. The program `kubeoracle
 * verdicts` reads them and prints kube-scheduler's answers, which are recorded for tests.
 */
import { podScenarios } from './pods.js'
import { volumeScenarios } from './volumes.js'

for (const scenario of [...podScenarios, ...volumeScenarios]) console.log(JSON.stringify(scenario))
