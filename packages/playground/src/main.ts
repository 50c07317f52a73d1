/**
 * Starts the page: loads the input from the link or, without a link, the first example, starts a
 * planner in a web worker, and redraws the page from one model value whenever that value changes.
 */
import { render } from 'preact'
import { copyForOffline } from './offline/copy.js'
import { plannerClient, type PlannerWorker } from './planner/client.js'
import { emptyInput, freeName, inputOf, type PlanInput } from './share/input.js'
import { hashOf, inputInHash } from './share/link.js'
import { examples, type Example } from './state/examples.js'
import { firstModel, applyReply, selectedBlock, type Model } from './state/model.js'
import type { Actions } from './view/actions.js'
import { pageView } from './view/page.js'

const root = document.getElementById('app')!
let model = firstModel
let ids = 0
let sentIds = { explain: -1, tables: -1 }
let isCopying = false

const draw = (): void => render(pageView(model, actions), root)
const change = (part: Partial<Model>): void => {
  model = { ...model, ...part }
  draw()
}

const client = plannerClient(
  () => new Worker(new URL('worker.js', import.meta.url), { type: 'module' }) as PlannerWorker,
  (reply) => {
    model = applyReply(model, reply, sentIds)
    const start = performance.now()
    draw()
    performance.measure('draw', { start })
    if (reply._tag !== 'Planned' || reply.id !== model.plan) return
    performance.measure('plan', { start: planStarts.get(reply.id) ?? 0 })
    planStarts.clear()
    if (!isCopying) copyForOffline((callback, milliseconds) => setTimeout(callback, milliseconds))
    isCopying = true
    if (model.explained !== undefined) explain(model.explained.name, model.explained.fargate)
    if (document.querySelector('.tables')?.hasAttribute('open') === true) actions.showTables()
  },
  (callback, milliseconds) => setTimeout(callback, milliseconds),
)

/** When each plan was asked for, for whoever measures the page. */
const planStarts = new Map<number, number>()

const plan = (input: PlanInput, isChange: boolean, part: Partial<Model> = {}): void => {
  ids += 1
  planStarts.set(ids, performance.now())
  if (input.files.every(({ text }) => text.trim() === '')) {
    const empty = { ...firstModel, ...part, input, plan: ids, stage: undefined }
    change({ ...empty, selection: undefined })
    return
  }
  change({ ...part, input, plan: ids, stage: 'planning' })
  client.ask({ _tag: 'Plan', id: ids, input, isChange })
}

const open = (input: PlanInput): void =>
  plan(input, false, {
    ...{ file: 0, selection: undefined, explained: undefined, explanation: undefined },
    ...{ notice: undefined },
  })

const explain = (name: string, fargate: boolean): void => {
  ids += 1
  sentIds = { ...sentIds, explain: ids }
  change({ explained: { name, fargate }, explanation: undefined })
  client.ask({ _tag: 'Explain', id: ids, name, fargate })
}

const readExample = async (path: string): Promise<unknown> => {
  const response = await fetch(new URL(path, document.baseURI))
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

const openExample = async (example: Example): Promise<void> => {
  try {
    const input = inputOf(await example.load(readExample))
    if (input !== undefined) open(input)
  } catch (error) {
    change({ stage: undefined, notice: `found no example (${String(error)})` })
  }
}

const openHash = async (): Promise<void> => {
  const input = await inputInHash(location.hash)
  if (typeof input === 'string') change({ stage: undefined, notice: input })
  else if (input !== undefined) open(input)
  else await openExample(examples[0]!)
}

const addFiles = async (files: readonly File[]): Promise<void> => {
  const texts = await Promise.all(files.map((file) => file.text()))
  const before = model.input.files.filter(({ text }) => text.trim() !== '')
  const all = files.reduce(
    (sum, { name }, i) => [...sum, { file: freeName(sum, name), text: texts[i]! }],
    before,
  )
  plan({ ...model.input, files: all }, true, { file: before.length })
}

const actions: Actions = {
  edit: (part) => plan({ ...model.input, ...part }, true),
  editText: (text) => {
    const { files } = model.input
    const file = files[model.file]?.file ?? freeName(files, 'input.yaml')
    const edited =
      files.length === 0
        ? [{ file, text }]
        : files.map((one, i) => (i === model.file ? { file, text } : one))
    plan({ ...model.input, files: edited }, true)
  },
  openFile: (file, line) => {
    change({ file })
    const text = document.getElementById('text') as HTMLTextAreaElement
    if (line !== undefined) showLine(text, line)
  },
  openField: (id) => {
    const field = document.getElementById(id)
    field?.closest('details')?.setAttribute('open', '')
    field?.focus()
  },
  addFile: () => {
    const files = [
      ...model.input.files,
      { file: freeName(model.input.files, 'input.yaml'), text: '' },
    ]
    change({ input: { ...model.input, files }, file: files.length - 1 })
    document.getElementById('text')?.focus()
  },
  removeFile: () => {
    const files = model.input.files.filter((_, i) => i !== model.file)
    plan({ ...model.input, files }, true, { file: Math.max(0, model.file - 1) })
  },
  dropFiles: (files) => void addFiles([...(files ?? [])]),
  openExample: (example) => void openExample(example),
  select: (selection) => {
    change({ selection, explained: undefined, explanation: undefined })
    // In a narrow window the details are below everything else.
    document.getElementById('details')?.scrollIntoView({ block: 'nearest' })
    if (selection === undefined || selection.kind === 'machines') return
    const picture = model.pictures[selection.picture]
    const block = selectedBlock(model.pictures, selection)
    const name = selection.kind === 'homeless' ? selection.title : block?.holds[0]?.name
    if (name !== undefined) explain(name, picture?.machines.length === 0)
  },
  showPicture: () => {
    const selected = document.querySelector<HTMLElement>('.block[aria-pressed=true], .tiles')
    selected?.focus()
    selected?.scrollIntoView({ block: 'center' })
  },
  explain,
  showTables: () => {
    ids += 1
    sentIds = { ...sentIds, tables: ids }
    client.ask({ _tag: 'Tables', id: ids })
  },
  share: () => void share(),
}

const share = async (): Promise<void> => {
  history.replaceState(null, '', await hashOf(model.input))
  try {
    await navigator.clipboard.writeText(location.href)
    change({ notice: 'the link is copied' })
  } catch {
    change({ notice: 'the link is in the address bar' })
  }
}

/** Puts the caret on a line, and the line into view. */
const showLine = (text: HTMLTextAreaElement, line: number): void => {
  const lines = text.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  text.focus()
  text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  text.scrollTop = Math.max(0, (text.scrollHeight / lines.length) * (line - 4))
}

/** While files are held over the page, it shows that it takes them. */
const showDrop = (isOver: boolean): void => void root.classList.toggle('drop', isOver)

addEventListener('dragover', (event) => {
  event.preventDefault()
  showDrop(true)
})
addEventListener('dragleave', ({ relatedTarget }) => showDrop(relatedTarget !== null))
addEventListener('drop', (event) => {
  event.preventDefault()
  showDrop(false)
  actions.dropFiles(event.dataTransfer?.files ?? null)
})
addEventListener('hashchange', () => void openHash())
model = { ...firstModel, input: emptyInput }
draw()
void openHash()
