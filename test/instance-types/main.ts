/**
 * Generates the built-in table of EC2 instance types from two packages of the public registries,
 * and writes it to `packages/workbench/src/machines/instance-types.ts`. Run it with
 * `npm run instance-types`; it needs `pip`, `go` and `python3`.
 *
 * 1. `moto` of PyPI holds what describe-instance-types prints for every type. Types that its newest
 *    version has no more, as AWS offers them in few regions or not to new customers, are of older
 *    versions.
 * 2. `amazon-vpc-resource-controller-k8s`, a Go module, holds the branch interfaces of every type
 *    that supports a trunk, which no API prints.
 *
 * Only facts are taken: names and numbers.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Ec2InstanceType } from '@stowage/fargate'
import {
  instanceType,
  InstanceTypeInfo,
} from '../../packages/workbench/src/machines/instance-type-info.js'
import { encodeTypes } from './encode.js'

/** The newest version first. */
const motoVersions = ['5.2.5', '5.2.2', '5.1.22', '4.2.14', '3.1.19'] as const
const controller = 'github.com/aws/amazon-vpc-resource-controller-k8s'
const controllerVersion = 'v1.8.2'
const target = 'packages/workbench/src/machines/instance-types.ts'

const folder = mkdtempSync(join(tmpdir(), 'stowage-instance-types-'))
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { cwd: folder, encoding: 'utf8' })

/** What describe-instance-types printed for a version of moto, by the name of the type. */
const describedIn = (version: string): Readonly<Record<string, unknown>> => {
  run('pip', 'download', `moto==${version}`, '--no-deps', '--quiet', '--dest', version)
  const wheel = readdirSync(join(folder, version)).find((name) => name.endsWith('.whl'))!
  run('python3', '-m', 'zipfile', '--extract', join(version, wheel), version)
  const resources = join(folder, version, 'moto/ec2/resources')
  const file = readdirSync(resources).find((name) => name.startsWith('instance_types.json'))!
  const bytes = readFileSync(join(resources, file))
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  // Older versions write null for what is not there.
  return JSON.parse(text, (_, value: unknown) => value ?? undefined) as Record<string, unknown>
}

/** The types of all versions, each as the newest version that has it describes it. */
const describedTypes = (): Readonly<Record<string, unknown>> =>
  Object.assign({}, ...[...motoVersions].reverse().map(describedIn)) as Record<string, unknown>

/**
 * The interfaces for tasks on a trunk, of the types that support one: its own, less the primary one
 * and the trunk, and its branch interfaces.
 *
 * Source: Amazon ECS Developer Guide, elastic network interface trunking.
 */
const trunkInterfaces = (): ReadonlyMap<string, number> => {
  run('go', 'mod', 'init', 'types')
  const { Dir } = JSON.parse(
    run('go', 'mod', 'download', '-json', `${controller}@${controllerVersion}`),
  ) as { readonly Dir: string }
  const text = readFileSync(join(Dir, 'pkg/aws/vpc/limits.go'), 'utf8')
  const entry = /^\t"([^"]+)": \{\n((?:\t\t.*\n)*?)\t\},$/gm
  return new Map(
    [...text.matchAll(entry)].flatMap(([, name = '', body = '']) =>
      /IsTrunkingCompatible: +true/.test(body)
        ? [[name, numberIn(body, 'Interface') - 2 + numberIn(body, 'BranchInterface')] as const]
        : [],
    ),
  )
}

/** The number of a field of an entry. */
const numberIn = (body: string, field: string): number => {
  const line = body.split('\n').find((each) => each.trim().startsWith(`${field}:`))
  return Number(/\d+/.exec(line ?? '')?.[0])
}

/** Neither Amazon ECS nor Kubernetes runs on macOS. */
const isMac = (name: string): boolean => name.startsWith('mac')

const typesOf = (): readonly Ec2InstanceType[] => {
  const onTrunk = trunkInterfaces()
  return Object.entries(describedTypes())
    .filter(([name]) => !isMac(name))
    .map(([name, described]) => {
      const decoded = InstanceTypeInfo.decode(described)
      if (decoded._tag === 'Left') throw new Error(`${name} is described in another way`)
      const trunk = onTrunk.get(name)
      return {
        ...instanceType(name, decoded.right),
        ...(trunk === undefined ? {} : { trunkInterfaces: trunk }),
      }
    })
}

try {
  const { shapes, families } = encodeTypes(typesOf())
  const lines = (texts: readonly string[]) => texts.map((text) => `  '${text}',\n`).join('')
  writeFileSync(
    target,
    `/**
 * The facts of all EC2 instance types, packed by \`test/instance-types/main.ts\`, which
 * \`npm run instance-types\` runs; \`built-in.ts\` reads them.
 *
 * Source: describe-instance-types of Amazon EC2, as in moto of PyPI, versions
 * ${motoVersions.join(', ')};
 * interfaces on a trunk by ${controller} ${controllerVersion}.
 */

/** Each shape lists sizes as \`size vCPUs interfaces addresses trunk\`; trunk is 0 for none. */
export const shapes: readonly string[] = [
${lines(shapes)}]

/**
 * A family: \`family architecture shape memory volumes gpus\`. Memory in MiB for each size, or one
 * number for each vCPU; EBS volumes for each size, or one number for all; GPUs for each size, or
 * nothing.
 */
export const families: readonly string[] = [
${lines(families)}]
`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
