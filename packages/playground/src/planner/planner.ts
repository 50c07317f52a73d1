/**
 * Answers the page's questions in slices: parse each file, load platforms, read, plan, view. After
 * each slice the planner handles incoming messages, and abandons a plan when a newer one is
 * requested. The input is kept for explanations and tables, until the next plan.
 */
import { planPictures, planStages, planWorkloads, type Faults } from '@stowage/workbench'
import type { PlannedInput } from './later.js'
import type { PlannerReply, PlannerRequest } from './message.js'
import { parsedFiles } from './parse.js'
import { loadPlatforms } from './platforms.js'

/** The planner of a page. */
export interface PagePlanner {
  readonly answer: (request: PlannerRequest) => Promise<void>
}

const { parseMachines, platformsNamedIn, questionOn } = planStages

/** Loaded once it is needed. */
const later = (): Promise<typeof import('./later.js')> => import('./later.js')

/** A planner; `pause` lets the host read messages. */
export const pagePlanner = (
  reply: (message: PlannerReply) => void,
  pause: () => Promise<void>,
): PagePlanner => {
  const files = parsedFiles()
  let newest = 0
  let last: PlannedInput | undefined

  const plan = async (request: PlannerRequest & { readonly _tag: 'Plan' }): Promise<void> => {
    const { id, input, isChange } = request
    newest = id
    /** Says what comes next; whether the question still stands then. */
    const stands = async (stage: string): Promise<boolean> => {
      reply({ _tag: 'Stage', id, stage })
      await pause()
      return newest === id
    }
    const refuse = async (faults: Faults): Promise<void> => {
      const { placedFaults } = await later()
      if (newest === id) reply({ _tag: 'Refused', id, faults: placedFaults(faults, input) })
    }
    files.retain(input.files)
    const parsed: Awaited<ReturnType<typeof files.parse>>[] = []
    for (const file of input.files) {
      if (!(await stands('reading'))) return
      parsed.push(await files.parse(file))
    }
    const documents = parsed.flatMap((one) => (one._tag === 'Right' ? one.right : []))
    // Files that are no documents are told of together: one of a chart explains the others.
    if (parsed.some(({ _tag }) => _tag === 'Left')) {
      const all = (await import('./yaml.js')).documentsOf(input.files)
      if (all._tag === 'Left') return refuse(all.left)
    }
    const platforms = await loadPlatforms(platformsNamedIn(documents))
    if (!(await stands('reading'))) return
    const machines = parseMachines({ nodes: nodeTexts(input.nodes) })
    if (machines._tag === 'Left') return refuse(machines.left)
    const prices = input.prices.trim() === '' ? noPrices : (await later()).priceListOf(input.prices)
    if (prices._tag === 'Left') return refuse(prices.left)
    const question = questionOn(platforms, documents, {
      documents: { from: 'the files' },
      ...{ machines: machines.right, trunking: input.trunking },
      ...{ parameters: noParameters, seed: 1, fargate: {} },
    })
    if (question._tag === 'Left') return refuse(question.left)
    if (!(await stands('planning'))) return
    const plans = planWorkloads(question.right, {
      ...{ fargate: input.fargate, prices: prices.right },
    })
    if (plans._tag === 'Left') return refuse(plans.left)
    if (!(await stands('drawing'))) return
    const pictures = planPictures(plans.right)
    const before = isChange ? last?.plans : undefined
    const moves = before === undefined ? noMoves : (await later()).movesOf(before, plans.right)
    last = { question: question.right, plans: plans.right, prices: prices.right }
    reply({ _tag: 'Planned', id, pictures, ...moves })
  }

  return {
    answer: async (request) => {
      if (request._tag === 'Plan') return plan(request)
      const { id } = request
      if (last === undefined) {
        reply({ _tag: 'Sections', id, sections: [] })
        return
      }
      const { explanationOf, tablesOf } = await later()
      const sections =
        request._tag === 'Tables'
          ? tablesOf(last)
          : explanationOf(last.question, request.name, request.fargate)
      reply({ _tag: 'Sections', id, sections })
    },
  }
}

const noParameters = { from: 'parameters', values: new Map<string, string>() }
const noPrices = { _tag: 'Right', right: undefined } as const
const noMoves = { moves: [], changedMachines: [] }

/** Lines and spaces separate machines as commas do. */
const nodeTexts = (nodes: string): readonly string[] =>
  nodes.split(/\s+/).filter((text) => text !== '')
