/** Renders the form for the input: files, machines and options, with the errors beside the text. */
import { printable } from '@stowage/workbench'
import { h, type TargetedEvent, type ComponentChild } from 'preact'
import type { PlacedFault } from '../planner/message.js'
import { examples } from '../state/examples.js'
import type { Model } from '../state/model.js'
import type { Actions } from './actions.js'

type TextEvent = TargetedEvent<HTMLInputElement | HTMLTextAreaElement>

/** The form on the left. */
export const editorView = (model: Model, actions: Actions): ComponentChild =>
  h(
    'form',
    { class: 'editor', 'aria-label': 'Input', onSubmit: (event: Event) => event.preventDefault() },
    h(
      'div',
      { class: 'row', role: 'group', 'aria-label': 'Examples' },
      examples.map((example) =>
        h('button', { type: 'button', onClick: () => actions.openExample(example) }, example.title),
      ),
    ),
    machineFields(model, actions),
    fileFields(model, actions),
    faultList(model, actions),
  )

/** What faults call the fields beside the files, with their labels and ids. */
const fields: Readonly<Record<string, { readonly label: string; readonly id: string }>> = {
  '--nodes': { label: 'Machines', id: 'nodes' },
  prices: { label: 'Prices', id: 'prices' },
}

/** Whether a fault is of the field, or, without one, of the files. */
const isInvalid = (faults: Model['faults'], field?: string): boolean =>
  faults.some(({ fault: { from } }) =>
    field === undefined ? fieldOf(from) === undefined : from.startsWith(field),
  )
const fieldOf = (from: string) =>
  Object.entries(fields).find(([name]) => from === name || from.startsWith(`${name}, `))?.[1]

const machineFields = ({ input, faults }: Model, { edit }: Actions): ComponentChild =>
  h(
    'div',
    { class: 'machines-input' },
    h(
      'label',
      null,
      'Machines ',
      h('input', {
        ...{ id: 'nodes', value: input.nodes, spellcheck: false, placeholder: 'm5.large=4' },
        ...{ 'aria-invalid': isInvalid(faults, '--nodes'), 'aria-describedby': 'faults' },
        onInput: (event: TextEvent) => edit({ nodes: event.currentTarget.value }),
      }),
    ),
    check('Fargate beside them', input.fargate, (fargate) => edit({ fargate })),
    check('Trunks for network interfaces', input.trunking, (trunking) => edit({ trunking })),
    h(
      'details',
      null,
      h('summary', null, 'Prices'),
      h('textarea', {
        ...{ id: 'prices', class: 'prices', value: input.prices, spellcheck: false },
        ...{ 'aria-label': 'Prices', 'aria-invalid': isInvalid(faults, 'prices') },
        placeholder: 'currency: USD\ninstances:\n  m5.large: 0.1',
        onInput: (event: TextEvent) => edit({ prices: event.currentTarget.value }),
      }),
    ),
  )

const check = (label: string, isOn: boolean, set: (isOn: boolean) => void): ComponentChild =>
  h(
    'label',
    { class: 'check' },
    h('input', {
      ...{ type: 'checkbox', checked: isOn },
      onChange: (event: TextEvent) => set((event.currentTarget as HTMLInputElement).checked),
    }),
    ` ${label}`,
  )

const fileFields = ({ input, file, faults }: Model, actions: Actions): ComponentChild => {
  const open = input.files[file]
  return h(
    'div',
    { class: 'files' },
    h(
      'div',
      { class: 'row' },
      h(
        'select',
        {
          'aria-label': 'File',
          value: String(file),
          onChange: ({ currentTarget }: TargetedEvent<HTMLSelectElement>) =>
            actions.openFile(Number(currentTarget.value)),
        },
        input.files.map((one, i) => h('option', { value: String(i) }, printable(one.file))),
      ),
      h('button', { type: 'button', onClick: actions.addFile }, 'New'),
      h(
        'button',
        { type: 'button', onClick: actions.removeFile, disabled: open === undefined },
        'Remove',
      ),
      h(
        'label',
        { class: 'button' },
        'Open files',
        h('input', {
          ...{ type: 'file', multiple: true, class: 'hidden' },
          onChange: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
            actions.dropFiles(currentTarget.files)
            currentTarget.value = ''
          },
        }),
      ),
    ),
    h('textarea', {
      ...{ id: 'text', class: 'text', spellcheck: false, wrap: 'off' },
      'aria-label': open === undefined ? 'Text' : `Text of ${open.file}`,
      'aria-invalid': isInvalid(faults),
      'aria-describedby': 'faults',
      placeholder: 'Paste Kubernetes YAML or ECS JSON here, or drop files anywhere on the page.',
      value: open?.text ?? '',
      onInput: (event: TextEvent) => actions.editText(event.currentTarget.value),
    }),
  )
}

const faultsShownMax = 20

const faultList = ({ faults, input, pictures }: Model, actions: Actions): ComponentChild =>
  h(
    'div',
    { id: 'faults', role: 'alert' },
    faults.length === 0
      ? null
      : h(
          'div',
          { class: 'faults' },
          h(
            'h2',
            null,
            faults.length === 1
              ? '1 problem in the input'
              : `${faults.length} problems in the input`,
            pictures.length > 0 ? ', the picture is of the input before it' : '',
          ),
          h(
            'ul',
            null,
            faults.slice(0, faultsShownMax).map((one) => faultView(one, input.files, actions)),
          ),
          faults.length > faultsShownMax
            ? h('p', null, `and ${faults.length - faultsShownMax} more`)
            : null,
        ),
  )

const faultView = (
  { fault, line }: PlacedFault,
  files: Model['input']['files'],
  actions: Actions,
): ComponentChild => {
  const { from, at, found, expected, exception } = fault
  const position = files.findIndex(({ file }) => from === file || from.startsWith(`${file}, `))
  const place = line === undefined || / line \d+$/.test(from) ? from : `${from}, line ${line}`
  const path = at.length === 0 ? '' : `${pathText(at)}: `
  const thrown = exception === undefined ? '' : `${exception}: `
  const field = fieldOf(from)
  const button = (text: string, onClick: () => void) =>
    h('button', { type: 'button', onClick }, printable(text))
  return h(
    'li',
    null,
    field !== undefined
      ? button(place.replace(/^(--nodes|prices)/, field.label), () => actions.openField(field.id))
      : position < 0
        ? h('b', null, printable(place))
        : button(place, () => actions.openFile(position, line)),
    ` ${printable(path)}${thrown}found ${printable(found)}, expected ${printable(expected)}`,
  )
}

const pathText = (at: PlacedFault['fault']['at']): string =>
  at.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('')
