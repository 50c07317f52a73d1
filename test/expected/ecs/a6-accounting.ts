/**
 * Lists expected values for tests, taken by hand from the AWS documentation: how much CPU, memory
 * and devices are reserved for a task, and which amounts are refused.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition and RegisterTaskDefinition; Developer
 * Guide, memory management of container instances.
 */

export const unitsPerVcpu = 1024

/** Containers, and what placement sets aside for the task; MiB of memory. */
export const setAside: readonly {
  readonly containers: readonly {
    readonly cpu?: number
    readonly memory?: number
    readonly memoryReservation?: number
  }[]
  readonly task?: { readonly cpu?: number; readonly memory?: number }
  readonly os?: 'windows'
  readonly cpu: number
  readonly memory: number
}[] = [
  { containers: [{ cpu: 256, memory: 512 }], cpu: 256, memory: 512 },
  { containers: [{ memory: 512 }], cpu: 0, memory: 512 },
  { containers: [{ cpu: 0, memory: 512 }], cpu: 0, memory: 512 },
  { containers: [{ cpu: 10, memory: 512, memoryReservation: 128 }], cpu: 10, memory: 128 },
  { containers: [{ cpu: 10, memoryReservation: 128 }], cpu: 10, memory: 128 },
  {
    containers: [
      { cpu: 256, memory: 512 },
      { cpu: 128, memoryReservation: 64, memory: 256 },
    ],
    cpu: 384,
    memory: 576,
  },
  // A size of the task is what is set aside; on Windows it is ignored.
  {
    containers: [{ cpu: 256, memory: 512 }],
    task: { cpu: 1024, memory: 2048 },
    cpu: 1024,
    memory: 2048,
  },
  { containers: [{ cpu: 256, memory: 512 }], task: { memory: 2048 }, cpu: 256, memory: 2048 },
  // With memory of the task, a container needs none of its own.
  { containers: [{ cpu: 256 }, {}], task: { memory: 2048 }, cpu: 256, memory: 2048 },
  {
    containers: [{ cpu: 256, memory: 512 }],
    task: { cpu: 1024, memory: 2048 },
    os: 'windows',
    cpu: 256,
    memory: 512,
  },
]

/** What is not accepted of a container on an instance; MiB of memory. */
export const containersRefused: readonly {
  readonly why: string
  readonly container: {
    readonly memory?: number
    readonly memoryReservation?: number
  }
}[] = [
  { why: 'neither, and no memory of the task', container: {} },
  { why: 'less than 6 MiB', container: { memory: 5 } },
  {
    why: 'memory has to be memoryReservation or more',
    container: { memory: 128, memoryReservation: 256 },
  },
]

/** Sizes of a task that its containers do not fit under. */
export const sizesRefused: readonly {
  readonly containers: (typeof setAside)[number]['containers']
  readonly task: { readonly cpu?: number; readonly memory?: number }
}[] = [
  { containers: [{ cpu: 256, memory: 512 }], task: { cpu: 128, memory: 512 } },
  { containers: [{ cpu: 256, memory: 512 }], task: { cpu: 256, memory: 511 } },
  {
    containers: [
      { cpu: 128, memory: 512 },
      { cpu: 129, memory: 512 },
    ],
    task: { cpu: 256, memory: 1024 },
  },
]

/** MiB, by the version of Docker. */
export const memoryMin: readonly (readonly [docker: string, least: number])[] = [
  ['20.10.0 and later', 6],
  ['before 20.10.0', 4],
]

/** The Linux CPU shares that the agent passes to Docker for the CPU units of a container. */
export const shares: readonly {
  readonly cpu: number
  readonly agent: string
  readonly shares: number
}[] = [
  { cpu: 0, agent: '1.2.0', shares: 2 },
  { cpu: 1, agent: '1.2.0', shares: 2 },
  { cpu: 2, agent: '1.2.0', shares: 2 },
  { cpu: 512, agent: '1.2.0', shares: 512 },
  { cpu: 0, agent: '1.1.0', shares: 1024 },
  { cpu: 262_144, agent: '1.84.0', shares: 262_144 },
  { cpu: 300_000, agent: '1.84.0', shares: 262_144 },
]

/** What CPU units mean to a container: shares of what is idle, or a cap. */
export const cpuIs: readonly (readonly [os: 'linux' | 'windows', is: 'relative' | 'a hard cap'])[] =
  [
    ['linux', 'relative'],
    ['windows', 'a hard cap'],
  ]

/** The cap on Windows of a container with 0 CPU units, in percent of one CPU. */
export const capOfNothing = 1

/** Bounds of the CPU units of a task on instances, where it has a size. */
export const taskCpu = { least: 128, most: 196_608 }

/**
 * What an instance registers: what the operating system reports, in whole MiB, less
 * ECS_RESERVED_MEMORY.
 */
export const registered: readonly {
  readonly type: string
  readonly bytes: number
  readonly reservedMiB: number
  readonly memory: number
}[] = [
  { type: 'm4.large', bytes: 8_373_026_816, reservedMiB: 0, memory: 7985 },
  { type: 'm4.large', bytes: 8_373_026_816, reservedMiB: 256, memory: 7729 },
]

/** Resources as an instance lists them. The remaining list of ports holds those in use. */
export const resources = {
  names: ['CPU', 'MEMORY', 'PORTS', 'PORTS_UDP', 'GPU'],
  types: ['INTEGER', 'DOUBLE', 'LONG', 'STRINGSET'],
} as const

/**
 * Devices that a container may require: a number, or all that the instance has. Fargate has none.
 */
export const devices: readonly {
  readonly type: 'GPU' | 'NeuronDevice' | 'InferenceAccelerator'
  readonly values: readonly string[]
  readonly onlyOn?: string
  readonly containersMax?: number
}[] = [
  { type: 'GPU', values: ['1', '8', 'ALL'] },
  { type: 'NeuronDevice', values: ['ALL'], onlyOn: 'MANAGED_INSTANCES', containersMax: 1 },
  // Elastic Inference has ended; the value is still read.
  { type: 'InferenceAccelerator', values: [] },
]

/**
 * The fields by which tasks share a GPU. Neither models of GPUs nor their memory are told apart.
 */
export const gpuSharing = ['gpuDevices', 'sharingStrategy'] as const
