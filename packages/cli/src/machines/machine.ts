/** An EC2 instance type, as far as planning needs it. */
export interface Machine {
  readonly name: string
  readonly vcpus: number
  readonly memoryMiB: number
  readonly architecture: 'x86_64' | 'arm64'
  /** Network interfaces at most, and IPv4 addresses on each. */
  readonly interfaces: number
  readonly addressesPerInterface: number
  readonly gpus: number
}
