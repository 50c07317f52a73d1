/**
 * Parses the text of `--nodes`: machines with commas between them, each with the labels, taints and
 * zones that follow it.
 *
 *     m5.large=3,disk=ssd,team=a:NoSchedule@eu-west-1b,c5.xlarge
 *
 * A part is a machine (`TYPE` or `TYPE=COUNT`), a label (`KEY=VALUE`) or a taint (`KEY:EFFECT` or
 * `KEY=VALUE:EFFECT`). Each part may end with zones, `@ZONE`.
 */
import { faultInExpression } from '@stowage/ecs'
import type { MachineTaint } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'

/** Machines as the text asks for them; the type is not looked up yet. */
export interface WrittenMachines {
  readonly name: string
  /** Where the name is in the text. */
  readonly at: number
  readonly count: number
  readonly labels: ReadonlyMap<string, string>
  readonly taints: readonly MachineTaint[]
  /** Empty when the text says none. */
  readonly zones: readonly string[]
}

/** The text that asks for one of the machines. */
export const groupText = ({
  name,
  labels,
  taints,
  zones,
}: Omit<WrittenMachines, 'at' | 'count'>): string => {
  const labelTexts = [...labels].map(([key, value]) => `${key}=${value}`)
  const taintTexts = taints.map(({ key, value, effect }) =>
    value === undefined ? `${key}:${effect}` : `${key}=${value}:${effect}`,
  )
  const zoneTexts = zones.map((zone) => `@${zone}`)
  return [name, ...labelTexts, ...taintTexts].join(',') + zoneTexts.join('')
}

/** Why a text is wrong: at which character, what was found, and what was expected. */
export interface NodeListFault {
  readonly found: string
  readonly expected: string
}

/** So many new machines there are at most. */
export const machinesMax = 100_000
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const

/**
 * The machines of one text, in order; a `Left` for the first part that is wrong.
 *
 * A part without `=` and `:` is a machine, and so is one whose name is a known type, or is written
 * as one and has a number. The taints and labels have the syntax of Kubernetes.
 */
export const parseNodeList = (
  text: string,
  isType: (name: string) => boolean,
): E.Either<NodeListFault, readonly WrittenMachines[]> => {
  const machines: WrittenMachines[] = []
  let at = 0
  for (const part of text.split(',')) {
    const before = machines.at(-1)
    const [body = '', ...zones] = part.split('@')
    const wrongZone = zones.findIndex((zone) => !/^[A-Za-z0-9][-A-Za-z0-9_.]*$/.test(zone))
    const kind = kindOf(body, before === undefined, isType)
    const next = part === '' ? before : partOf(text, at, body, kind, before)
    if (next !== undefined && 'expected' in next) return E.left(next)
    if (wrongZone >= 0) {
      const place = at + [body, ...zones.slice(0, wrongZone)].join('@').length + 1
      return E.left(faultAt(text, place, zones[wrongZone]!, 'a zone after @, such as eu-west-1b'))
    }
    if (next !== undefined) {
      if (next.at !== before?.at) machines.push({ ...next, zones })
      else machines[machines.length - 1] = { ...next, zones: [...next.zones, ...zones] }
    }
    at += part.length + 1
  }
  return E.right(machines)
}

type PartKind = 'machines' | 'label' | 'taint' | 'zones'

const kindOf = (body: string, isFirst: boolean, isType: (name: string) => boolean): PartKind => {
  const [, name = '', value] = /^([^=:]*)(?:=([^:]*))?/.exec(body) ?? []
  if (isFirst) return 'machines'
  if (body === '') return 'zones'
  if (body.includes(':')) return 'taint'
  const isWrittenAsType = /^[a-z]+\d[-a-z0-9]*\.[-a-z0-9]+$/.test(name) && /^\d+$/.test(value ?? '')
  return value === undefined || isType(name) || isWrittenAsType ? 'machines' : 'label'
}

/** The machines of a part, new or with what the part adds to the ones before it. */
const partOf = (
  text: string,
  at: number,
  body: string,
  kind: PartKind,
  before: WrittenMachines | undefined,
): WrittenMachines | NodeListFault => {
  if (kind === 'machines' || before === undefined) return machinesOf(text, at, body)
  if (kind === 'zones') return before
  return kind === 'taint' ? withTaint(text, at, body, before) : withLabel(text, at, body, before)
}

const machinesOf = (text: string, at: number, body: string): WrittenMachines | NodeListFault => {
  const [, name = '', digits = '1'] = /^([^=:]+)(?:=(\d+))?$/.exec(body) ?? []
  const count = Number(digits)
  return name === '' || count < 1 || count > machinesMax
    ? faultAt(
        text,
        at,
        body,
        `TYPE=COUNT, such as m5.large=3, with a count from 1 to ${machinesMax}`,
      )
    : { name, at, count, labels: new Map(), taints: [], zones: [] }
}

const withLabel = (
  text: string,
  at: number,
  body: string,
  before: WrittenMachines,
): WrittenMachines | NodeListFault => {
  const equals = body.indexOf('=')
  const [key, value] = [body.slice(0, equals), body.slice(equals + 1)]
  if (!isKey(key))
    return faultAt(text, at, key, 'the key of a label, such as disk or example.com/disk')
  if (!isValue(value))
    return faultAt(
      text,
      at + equals + 1,
      value,
      'the value of a label: up to 63 letters, digits, -, _ and .',
    )
  if (before.labels.has(key)) return faultAt(text, at, key, 'every label once')
  return { ...before, labels: new Map([...before.labels, [key, value]]) }
}

const withTaint = (
  text: string,
  at: number,
  body: string,
  before: WrittenMachines,
): WrittenMachines | NodeListFault => {
  const colon = body.lastIndexOf(':')
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/.exec(body.slice(0, colon)) ?? []
  const effect = effects.find((one) => one === body.slice(colon + 1))
  if (!isKey(key)) return faultAt(text, at, key, 'the key of a taint, such as team')
  if (value !== undefined && !isValue(value))
    return faultAt(
      text,
      at + key.length + 1,
      value,
      'the value of a taint: up to 63 letters, digits, -, _ and .',
    )
  if (effect === undefined)
    return faultAt(text, at + colon + 1, body.slice(colon + 1), `an effect, ${effects.join(', ')}`)
  return { ...before, taints: [...before.taints, { key, value, effect }] }
}

const isPlain = (text: string): boolean =>
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text)

const isKey = (text: string): boolean => {
  const slash = text.indexOf('/')
  return slash < 0
    ? isPlain(text)
    : /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(text.slice(0, slash)) &&
        isPlain(text.slice(slash + 1))
}

const isValue = (text: string): boolean => text === '' || isPlain(text)

/** The fault, with the text and a caret under the place unless the place is all of the text. */
export const faultAt = (
  text: string,
  at: number,
  found: string,
  expected: string,
): NodeListFault => {
  const quoted = JSON.stringify(found)
  return text === found
    ? { found: quoted, expected }
    : faultInExpression(text, { at, found: quoted, expected })
}
