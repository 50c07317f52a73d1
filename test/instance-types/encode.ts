/**
 * Encodes the table of EC2 instance types compactly as lines of text. The types of a family, such
 * as `m5.large` and `m5.xlarge`, differ only in size, and many families have the same list of sizes
 * (a shape). Each shape is written once, and families refer to it by its index.
 */
import type { Ec2InstanceType } from '@stowage/fargate'
import { byCodeUnit } from '@stowage/kernel'

/** The lines of all shapes, and those of the families, which refer to shapes by their index. */
export interface EncodedTypes {
  readonly shapes: readonly string[]
  readonly families: readonly string[]
}

/** Families in the order of their names; their sizes by vCPUs, then by name. */
export const encodeTypes = (types: readonly Ec2InstanceType[]): EncodedTypes => {
  const families = new Map<string, Ec2InstanceType[]>()
  for (const type of types) {
    const key = `${familyOf(type.name)} ${type.architecture === 'arm64' ? 'arm' : 'x86'}`
    families.set(key, [...(families.get(key) ?? []), type])
  }
  const shapes: string[] = []
  const lines = [...families]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, members]) => {
      const sorted = [...members].sort((a, b) => a.vcpus - b.vcpus || byCodeUnit(a.name, b.name))
      const shape = sorted.map(shapeOf).join(',')
      if (!shapes.includes(shape)) shapes.push(shape)
      const parts = [key, shapes.indexOf(shape), memoryOf(sorted), volumesOf(sorted)]
      const gpus = sorted.map((type) => type.gpus)
      return [...parts, ...(gpus.some((count) => count > 0) ? [gpus.join(',')] : [])].join(' ')
    })
  return { shapes, families: lines }
}

const familyOf = (name: string): string => name.slice(0, name.indexOf('.'))

const shapeOf = (type: Ec2InstanceType): string =>
  [
    type.name.slice(type.name.indexOf('.') + 1),
    ...[type.vcpus, type.interfaces, type.addressesPerInterface, type.trunkInterfaces ?? 0],
  ].join(' ')

/** The EBS volumes of every size as one number, or those of each. */
const volumesOf = (types: readonly Ec2InstanceType[]): string => {
  const volumes = types.map(({ ebsVolumes }) => ebsVolumes)
  return volumes.every((count) => count === volumes[0]) ? String(volumes[0]) : volumes.join(',')
}

/** `/2048` for 2048 MiB per vCPU in every size, or the MiB of each. */
const memoryOf = (types: readonly Ec2InstanceType[]): string => {
  const [first] = types.map(({ memoryMiB, vcpus }) => memoryMiB / vcpus)
  return types.every(({ memoryMiB, vcpus }) => memoryMiB === first! * vcpus)
    ? `/${first}`
    : types.map(({ memoryMiB }) => memoryMiB).join(',')
}
