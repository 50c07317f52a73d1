/** Defines the interface of the actions that a user can perform on the page. */
import type { Example } from '../state/examples.js'
import type { Selection } from '../state/model.js'
import type { PlanInput } from '../share/input.js'

/** The handlers of the page's controls. */
export interface Actions {
  /** Changes the input and plans it. */
  readonly edit: (part: Partial<PlanInput>) => void
  readonly editText: (text: string) => void
  readonly openFile: (position: number, line?: number) => void
  /** Puts the caret into a field of the form. */
  readonly openField: (id: string) => void
  readonly addFile: () => void
  readonly removeFile: () => void
  readonly dropFiles: (files: FileList | null) => void
  readonly openExample: (example: Example) => void
  readonly select: (selection: Selection | undefined) => void
  /** Goes back to the selected block, in a window that shows one part at a time. */
  readonly showPicture: () => void
  readonly explain: (name: string, fargate: boolean) => void
  readonly showTables: () => void
  readonly share: () => void
}
