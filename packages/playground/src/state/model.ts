/**
 * Defines the state of the page as an immutable value, with the functions that return the next
 * value.
 */
import type { Section } from '@stowage/workbench'
import type { PlacedFault, PlanPicture, PlannerReply } from '../planner/message.js'
import { emptyInput, type PlanInput } from '../share/input.js'

/** A block of the page that was clicked. */
export interface Selection {
  /** The position of its picture. */
  readonly picture: number
  readonly kind: 'machines' | 'fargate' | 'homeless'
  readonly title: string
  /** Its position among blocks of its kind. */
  readonly position: number
}

/** Everything that the page shows. */
export interface Model {
  readonly input: PlanInput
  /** The position of the file that is edited. */
  readonly file: number
  /** The number of the newest plan that was asked for. */
  readonly plan: number
  /** What the planner does; absent when it has answered. */
  readonly stage: string | undefined
  /** The last plan of a good input. */
  readonly pictures: readonly PlanPicture[]
  readonly moves: readonly Section[]
  readonly changedMachines: ReadonlySet<string>
  /** What is wrong with the input; the pictures are of the input before it then. */
  readonly faults: readonly PlacedFault[]
  readonly selection: Selection | undefined
  /** The workload that is explained, and why it goes where it goes; absent until it is known. */
  readonly explained: { readonly name: string; readonly fargate: boolean } | undefined
  readonly explanation: readonly Section[] | undefined
  readonly tables: readonly Section[] | undefined
  /** What happened beside planning, such as that a link was copied. */
  readonly notice: string | undefined
}

/** A page before its first answer. */
export const firstModel: Model = {
  ...{ input: emptyInput, file: 0, plan: 0, stage: 'loading' },
  ...{ pictures: [], moves: [], changedMachines: new Set(), faults: [] },
  ...{ selection: undefined, explained: undefined, explanation: undefined },
  ...{ tables: undefined, notice: undefined },
}

/** The model after an answer of the planner; an answer to an older plan changes nothing. */
export const applyReply = (model: Model, reply: PlannerReply, sent: SentIds): Model => {
  switch (reply._tag) {
    case 'Stage':
      return reply.id === model.plan ? { ...model, stage: reply.stage } : model
    case 'Planned':
      if (reply.id !== model.plan) return model
      return {
        ...model,
        ...{ stage: undefined, faults: [], tables: undefined },
        ...{ pictures: reply.pictures, moves: reply.moves },
        changedMachines: new Set(reply.changedMachines),
        selection: selectionIn(model.selection, reply.pictures),
      }
    case 'Refused':
      return reply.id === model.plan ? { ...model, stage: undefined, faults: reply.faults } : model
    case 'Sections':
      if (reply.id === sent.explain) return { ...model, explanation: reply.sections }
      return reply.id === sent.tables ? { ...model, tables: reply.sections } : model
  }
}

/** The numbers of the newest questions beside plans. */
export interface SentIds {
  readonly explain: number
  readonly tables: number
}

/** The block of a selection; `undefined` when the pictures have none of its name. */
export const selectedBlock = (
  pictures: readonly PlanPicture[],
  { picture, kind, title, position }: Selection,
): PlanPicture['machines'][number] | undefined => {
  const blocks = pictures[picture]?.[kind] ?? []
  const block = blocks[position]
  return block?.title === title ? block : blocks.find((one) => one.title === title)
}

const selectionIn = (
  selection: Selection | undefined,
  pictures: readonly PlanPicture[],
): Selection | undefined =>
  selection === undefined || selectedBlock(pictures, selection) === undefined
    ? undefined
    : selection
