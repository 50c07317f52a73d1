/**
 * Lists expected values for tests, taken by hand from the AWS documentation: which host ports and
 * network interfaces a task takes in each network mode.
 *
 * Source: Amazon ECS API Reference, PortMapping and AwsVpcConfiguration; Developer Guide, container
 * instance network interfaces.
 */

/**
 * The port of the host that a mapping takes, by network mode: none, or a fixed one that no other
 * task can take. On Linux the mode is bridge where none is said.
 */
export const hostPorts: readonly {
  readonly networkMode?: 'bridge' | 'host' | 'awsvpc' | 'none'
  readonly containerPort: number
  readonly hostPort?: number
  readonly takes: number | 'an ephemeral port' | 'nothing' | 'refused'
}[] = [
  { networkMode: 'bridge', containerPort: 80, hostPort: 8080, takes: 8080 },
  { networkMode: 'bridge', containerPort: 80, hostPort: 0, takes: 'an ephemeral port' },
  { networkMode: 'bridge', containerPort: 80, takes: 'an ephemeral port' },
  { containerPort: 80, hostPort: 8080, takes: 8080 },
  { containerPort: 80, takes: 'an ephemeral port' },
  { networkMode: 'host', containerPort: 80, takes: 80 },
  { networkMode: 'host', containerPort: 80, hostPort: 80, takes: 80 },
  { networkMode: 'host', containerPort: 80, hostPort: 8080, takes: 'refused' },
  { networkMode: 'awsvpc', containerPort: 80, takes: 'nothing' },
  { networkMode: 'awsvpc', containerPort: 80, hostPort: 80, takes: 'nothing' },
  { networkMode: 'awsvpc', containerPort: 80, hostPort: 8080, takes: 'refused' },
  { networkMode: 'none', containerPort: 80, takes: 'refused' },
]

/** A fixed port is taken per instance and protocol. */
export const conflicts: readonly {
  readonly one: string
  readonly other: string
  readonly conflict: boolean
}[] = [
  { one: '8080/tcp', other: '8080/tcp', conflict: true },
  { one: '8080/tcp', other: '8080/udp', conflict: false },
  { one: '8080/tcp', other: '8081/tcp', conflict: false },
]

/** Where the kernel of the host names no range of its own. */
export const ephemeral: readonly {
  readonly os: 'linux' | 'windows'
  readonly least: number
  readonly most: number
}[] = [
  { os: 'linux', least: 49_153, most: 65_535 },
  { os: 'windows', least: 49_152, most: 65_535 },
]

export const reserved: readonly number[] = [22, 2375, 2376, 51_678, 51_679, 51_680]

/** Reserved ports of an instance, those above included and those assigned by the host not. */
export const reservedMax = 100

/**
 * Tasks in awsvpc mode that an instance can hold: its interfaces less its own, or what the trunk
 * has.
 */
export const slots: readonly {
  readonly type: string
  readonly interfaces?: number
  readonly trunking: boolean
  readonly tasks: number
}[] = [
  { type: 'c5.large', interfaces: 3, trunking: false, tasks: 2 },
  { type: 'c5.large', trunking: true, tasks: 10 },
  { type: 'm5.large', trunking: true, tasks: 10 },
  { type: 'a1.medium', trunking: true, tasks: 10 },
]

/** What an instance needs to have a trunk; while it gets one it is REGISTERING. */
export const trunkNeeds: readonly string[] = [
  'the account setting awsvpcTrunking',
  'Linux',
  'a launch after the setting was made',
]

export const awsvpc = { subnetsMax: 16, securityGroupsMax: 5 }
export const fargateNeeds = 'awsvpc'
