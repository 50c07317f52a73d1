/**
 * Defines the types and codec of reserved devices in the encoded state of a scheduler, and their
 * encoding and decoding. Amounts are written as quantities.
 */
import { codecOf, flag, optional, record, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import type { DeviceReservation } from '../device/reserve.js'
import { NodeSelector } from '../words/node-selector.js'
import { parseQuantity, zero } from '../words/quantity.js'
import type { AllocatedDevice, ClaimConsumer } from '../words/resource-claim.js'

interface EncodedDevice extends Omit<AllocatedDevice, 'consumedCapacity'> {
  readonly consumedCapacity: readonly { readonly name: string; readonly amount: string }[]
}

/** The devices that a pod reserved. */
export interface EncodedDevices {
  readonly pod: string | undefined
  readonly consumer: ClaimConsumer
  readonly claims: readonly {
    readonly claim: string
    readonly nodeSelector: NodeSelector | undefined
    readonly devices: readonly EncodedDevice[]
  }[]
  readonly devices: readonly EncodedDevice[]
}

const quantityCodec: Codec<string> = codecOf('a quantity, such as 10Gi', (value) =>
  typeof value === 'string' && parseQuantity(value) !== undefined ? value : undefined,
)

/** A list that must be there. */
export const listOf = <Value>(item: Codec<Value>): Codec<readonly Value[]> =>
  t.readonlyArray(item, 'a list')

const encodedDevice: Codec<EncodedDevice> = record<EncodedDevice>('an object', {
  request: text,
  driver: text,
  pool: text,
  device: text,
  adminAccess: optional(flag),
  shareID: optional(text),
  consumedCapacity: listOf(
    record<EncodedDevice['consumedCapacity'][number]>('an object', {
      name: text,
      amount: quantityCodec,
    }),
  ),
})

export const EncodedDevices: Codec<EncodedDevices> = record<EncodedDevices>('an object', {
  pod: optional(text),
  consumer: record<ClaimConsumer>('an object', {
    resource: optional(text),
    name: optional(text),
    uid: optional(text),
  }),
  claims: listOf(
    record<EncodedDevices['claims'][number]>('an object', {
      claim: text,
      nodeSelector: optional(NodeSelector),
      devices: listOf(encodedDevice),
    }),
  ),
  devices: listOf(encodedDevice),
})

/** The reservation as plain data. */
export const encodeDevices = ({
  pod,
  consumer,
  claims,
  devices,
}: DeviceReservation): EncodedDevices => ({
  pod,
  consumer,
  claims: claims.map(
    ([
      claim,
      {
        nodeSelector,
        devices: { results },
      },
    ]) => ({
      ...{ claim, nodeSelector, devices: results.map(encodeDevice) },
    }),
  ),
  devices: devices.map(encodeDevice),
})

const encodeDevice = ({ consumedCapacity, ...device }: AllocatedDevice): EncodedDevice => ({
  ...device,
  consumedCapacity: [...consumedCapacity].map(([name, nano]) => ({ name, amount: `${nano}n` })),
})

/** The reservation of plain data. */
export const decodeDevices = ({
  pod,
  consumer,
  claims,
  devices,
}: EncodedDevices): DeviceReservation => ({
  pod,
  consumer,
  claims: claims.map(({ claim, nodeSelector, devices: own }) => [
    claim,
    { nodeSelector, devices: { results: own.map(decodeDevice) } },
  ]),
  devices: devices.map(decodeDevice),
})

const decodeDevice = ({ consumedCapacity, ...device }: EncodedDevice): AllocatedDevice => ({
  ...device,
  consumedCapacity: new Map(
    consumedCapacity.map(({ name, amount: quantity }) => [name, parseQuantity(quantity) ?? zero]),
  ),
})
