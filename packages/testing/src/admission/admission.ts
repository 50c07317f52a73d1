/**
 * Bundles the two functions of the admission test: `answer` submits recorded objects to our model
 * of the API server, and `compare` compares its answers with the recorded ones of a real API
 * server.
 */
import { admissionAnswer } from './answer.js'
import { admissionConformance } from './compare.js'

/**
 * `answer` submits the objects of a line to an API server of our own; `compare` compares its
 * answers with recorded ones. The form of both lines is that of `docs/admission.md`.
 */
export const admission = { answer: admissionAnswer, compare: admissionConformance } as const
