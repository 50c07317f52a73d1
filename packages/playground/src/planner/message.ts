/** Defines the types of the messages between the page and its web worker. */
import type { answerParts, planPictures, Section } from '@stowage/workbench'
import type { PlanInput } from '../share/input.js'

/** The plan of one platform on one supply. */
export type PlanPicture = ReturnType<typeof planPictures>[number]

/** A question of the page. A newer plan overtakes an older one; the others are of the last plan. */
export type PlannerRequest =
  | {
      readonly _tag: 'Plan'
      readonly id: number
      readonly input: PlanInput
      /** Whether what moves is told: the plan before is of the same documents. */
      readonly isChange: boolean
    }
  | {
      readonly _tag: 'Explain'
      readonly id: number
      readonly name: string
      readonly fargate: boolean
    }
  | { readonly _tag: 'Tables'; readonly id: number }

/** A fault, and the line in its file where there is one. */
export type PlacedFault = ReturnType<typeof answerParts.placeFaults>[number]

/** An answer of the worker. */
export type PlannerReply =
  | { readonly _tag: 'Stage'; readonly id: number; readonly stage: string }
  | {
      readonly _tag: 'Planned'
      readonly id: number
      readonly pictures: readonly PlanPicture[]
      /** What moves; empty when nothing does. */
      readonly moves: readonly Section[]
      /** The names of machines that hold or use other things than before. */
      readonly changedMachines: readonly string[]
    }
  | { readonly _tag: 'Refused'; readonly id: number; readonly faults: readonly PlacedFault[] }
  | { readonly _tag: 'Sections'; readonly id: number; readonly sections: readonly Section[] }
