/**
 * Checks our table of network interfaces per EC2 instance type against the limits that Amazon VPC
 * publishes.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { taskInterfacesOf } from '@stowage/ecs'
import { describe, expect, it } from 'vitest'

const path = resolve(
  process.env['STOWAGE_SHARED'] ?? '../shared',
  'data/karpenter-aws-derived-tables/vpc-limits.csv',
)

/** What is expected of a type: tasks without a trunk, and with one where it can have one. */
interface Row {
  readonly type: string
  readonly without: number
  readonly trunked: number | undefined
}

const rowsOf = (text: string): readonly Row[] => {
  const [names = [], ...lines] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  return lines.map((line) => {
    const of = (name: string): string => line[names.indexOf(name)]!
    const most = Number(of('max_enis'))
    const trunked = Number(of('branch_enis')) + most - 2
    return {
      type: of('instance_type'),
      without: most - 1,
      trunked: of('trunking_compatible') === 'true' ? trunked : undefined,
    }
  })
}

const interfacesOf = (
  type: string,
  ...more: readonly { readonly name: string }[]
): number | undefined =>
  taskInterfacesOf({
    registeredResources: [],
    attributes: [{ name: 'ecs.instance-type', value: type }, ...more],
  })
const trunk = { name: 'ecs.awsvpc-trunk-id' }

describe.skipIf(!existsSync(path))(`the table of interfaces (skipped without ${path})`, () => {
  const rows = existsSync(path) ? rowsOf(readFileSync(path, 'utf8')) : []
  const listed = rows.filter(({ type }) => interfacesOf(type) !== undefined)

  it('says of each type that it lists what Amazon VPC allows', () => {
    expect(listed.length).toBeGreaterThan(400)
    const isLeftOpen = (type: string): boolean => /^(c5ad?|r5)\.8xlarge$/.test(type)
    for (const { type, without, trunked } of listed)
      expect([type, interfacesOf(type), interfacesOf(type, trunk)]).toEqual([
        ...[type, without],
        isLeftOpen(type) ? undefined : trunked,
      ])
  })
  it('lists every type of the families that most clusters have', () => {
    const families = /^(t2|t3a?|t4g|[cmr](4|5|5n|6[gia]|7[gia]|8g)|[cmr](6id|[67]gd))\./
    const common = rows.filter(({ type }) => families.test(type) && !/metal/.test(type))
    expect(common.length).toBeGreaterThan(200)
    expect(common.filter(({ type }) => interfacesOf(type) === undefined)).toEqual([])
  })
})
