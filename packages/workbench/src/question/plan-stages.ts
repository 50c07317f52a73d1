/**
 * Exports the stages of a plan one by one, for a user interface that parses texts and loads
 * platforms itself.
 */
import { parseMachines } from '../machines/fleet.js'
import { platformsNamedIn } from '../platform/recognise.js'
import { jsonDocuments } from '../text/json-documents.js'
import { questionOn } from './question.js'

/** Parse JSON and machines, see which platforms to load, read the question for these. */
export const planStages = { jsonDocuments, parseMachines, platformsNamedIn, questionOn }
