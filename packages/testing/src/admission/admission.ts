/**
 * Exports, as one object, the check of our API server against a real one: our answers to admission
 * lines (lists of objects to submit), and their comparison with recorded answers.
 */
import { admissionAnswer } from './answer.js'
import { admissionConformance } from './compare.js'

/**
 * `answer` submits the objects of a line to an API server of our own; `compare` compares its
 * answers with recorded ones. The form of both lines is that of `docs/admission.md`.
 */
export const admission = { answer: admissionAnswer, compare: admissionConformance } as const
