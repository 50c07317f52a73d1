/**
 * Shows the known machine types: (1) as a table with the resources of each type, and what is left
 * of them for workloads on each platform, (2) as JSON, (3) as a flat table.
 */
import { platforms } from '../platform/platforms.js'
import type { Offer } from '../platform/platform.js'
import type { MachineType, MachineTypes } from '../question/machine-types.js'
import { answerVersion } from '../schema/part.js'
import { amountText } from '../block/amount.js'
import { originText } from './bill-rows.js'
import { lines, tableOf, type Column, type Section } from '../block/block.js'
import { rowsMax, type PlanView } from './plan-view.js'
import { printable } from '../block/printable.js'

/** One section; of many types the first ones, unless the view has a row for each. */
export const machineTypeSections = (
  { types, near, prices }: MachineTypes,
  { allNodes = false }: PlanView = {},
): readonly Section[] => {
  if (types.length === 0)
    return [[lines(`no machine type that is known has such a name; near are ${near.join(', ')}`)]]
  const rows = allNodes ? types : types.slice(0, rowsMax)
  const others = types.length - rows.length
  const price: Column<MachineType> = {
    title: `${prices?.currency ?? ''} per hour${prices === undefined ? '' : originText({ prices })}`,
    cell: ({ price: perHour }) => (perHour === undefined ? 'not known' : String(perHour)),
  }
  const columns = [...typeColumns, ...(prices === undefined ? [] : [price])].filter(({ cell }) =>
    rows.some((row) => cell(row) !== ''),
  )
  return [
    [
      tableOf(columns, rows),
      ...(others === 0
        ? []
        : [lines(`${others} more: a pattern selects some, --output wide shows each`)]),
    ],
  ]
}

const typeColumns: readonly Column<MachineType>[] = [
  { title: 'type', cell: ({ type }) => printable(type.name) },
  { title: 'vcpu', cell: ({ type }) => String(type.vcpus) },
  { title: 'memory', cell: ({ type }) => amountText(type.memoryMiB, 'MiB') },
  { title: 'architecture', cell: ({ type }) => type.architecture },
  { title: 'gpus', cell: ({ type }) => (type.gpus === 0 ? '' : String(type.gpus)) },
  ...platforms.map(({ id, title }) => ({
    title: `left by ${title}`,
    cell: ({ offers }: MachineType) => offerText(offers.get(id) ?? []),
  })),
]

const offerText = (offer: Offer): string =>
  offer
    .map(({ resource, unit, amount }) =>
      unit === 'units' ? `${amount} ${resource}` : amountText(amount, unit),
    )
    .join(', ')

/** `{ version, types }`, each with what it leaves by platform; `near` names when there is none. */
export const machineTypesJson = ({ types, near, prices }: MachineTypes): object => ({
  version: answerVersion,
  types: types.map(({ type, offers, price }) => ({
    name: type.name,
    vcpus: type.vcpus,
    memoryMiB: type.memoryMiB,
    architecture: type.architecture,
    gpus: type.gpus,
    networkInterfaces: type.interfaces,
    addressesPerInterface: type.addressesPerInterface,
    ebsVolumes: type.ebsVolumes,
    left: Object.fromEntries(offers),
    ...(price === undefined ? {} : { perHour: price }),
  })),
  ...(types.length > 0 ? {} : { near }),
  ...(prices === undefined ? {} : { prices }),
})
