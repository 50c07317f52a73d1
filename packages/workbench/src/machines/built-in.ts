/**
 * Unpacks the built-in table of EC2 instance types to descriptions of machines, so that a user need
 * not supply descriptions.
 *
 * Source: the packages that `instance-types.ts` names.
 */
import type { Ec2InstanceType } from '@stowage/fargate'
import { families, shapes } from './instance-types.js'

const typesOfFamily = (all: readonly string[], line: string): readonly Ec2InstanceType[] => {
  const [family = '', processor, shape = '', memory = '', volumes = '', gpus = ''] = line.split(' ')
  const [perVcpu, mebibytes] = [memory.startsWith('/'), memory.replace('/', '').split(',')]
  const [volumeCounts, gpuCounts] = [volumes.split(','), gpus.split(',')]
  return (all[Number(shape)] ?? '').split(',').map((size, i) => {
    const [name = '', ...numbers] = size.split(' ')
    const [vcpus = 0, interfaces = 0, addressesPerInterface = 0, onTrunk = 0] = numbers.map(Number)
    return {
      name: `${family}.${name}`,
      vcpus,
      memoryMiB: perVcpu ? Number(mebibytes[0]) * vcpus : Number(mebibytes[i]),
      architecture: processor === 'arm' ? 'arm64' : 'x86_64',
      ...{ interfaces, addressesPerInterface, gpus: Number(gpuCounts[i] ?? 0) },
      ebsVolumes: Number(volumeCounts[i] ?? volumeCounts[0]),
      ...(onTrunk === 0 ? {} : { trunkInterfaces: onTrunk }),
    }
  })
}

/** The types that the lines of the shapes and of the families hold. */
export const unpackedTypes = (
  all: readonly string[],
  lines: readonly string[],
): readonly Ec2InstanceType[] => lines.flatMap((line) => typesOfFamily(all, line))

/** The built-in types by name. */
export const builtIn: ReadonlyMap<string, Ec2InstanceType> = new Map(
  unpackedTypes(shapes, families).map((type) => [type.name, type]),
)
